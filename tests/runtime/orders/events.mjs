import { throwing, ticks } from './common.mjs'

export function listeners_hear_at_once(log, Taro) {
  Taro.eventCenter.on('e', value => log(`heard ${value}`))
  log('before')
  Taro.eventCenter.trigger('e', 'v')
  log('after')
}

export function listeners_hear_in_the_order_in_which_they_came(log, Taro) {
  for (const name of ['a', 'b', 'c']) Taro.eventCenter.on('e', () => log(name))
  Taro.eventCenter.trigger('e')
}

export function jobs_of_listeners_come_after_all_listeners(log, Taro) {
  const listener = name => () => {
    log(name)
    Promise.resolve().then(() => log(`job of ${name}`))
  }
  Taro.eventCenter.on('e', listener('a'))
  Taro.eventCenter.on('e', listener('b'))
  Taro.eventCenter.trigger('e')
  log('sync')
}

export function once_hears_once(log, Taro) {
  Taro.eventCenter.once('e', value => log(`once ${value}`))
  Taro.eventCenter.on('e', value => log(`always ${value}`))
  Taro.eventCenter.trigger('e', 1)
  Taro.eventCenter.trigger('e', 2)
}

export function a_listener_added_while_it_is_triggered_hears_the_next(log, Taro) {
  const first = () => {
    log('first')
    Taro.eventCenter.on('e', () => log('added'))
  }
  Taro.eventCenter.once('e', first)
  Taro.eventCenter.trigger('e')
  log('again')
  Taro.eventCenter.trigger('e')
}

export function an_event_in_an_event(log, Taro) {
  const outer = () => {
    log('outer begins')
    Taro.eventCenter.trigger('inner')
    log('outer ends')
  }
  Taro.eventCenter.on('outer', outer)
  Taro.eventCenter.on('inner', () => log('inner'))
  Taro.eventCenter.on('outer', () => log('outer 2'))
  Taro.eventCenter.trigger('outer')
}

export function events_from_jobs_and_answers(log, Taro) {
  Taro.eventCenter.on('e', from => log(`heard from ${from}`))
  Taro.login({ success: () => Taro.eventCenter.trigger('e', 'an answer') }).then(() => Taro.eventCenter.trigger('e', 'a handler'))
  Promise.resolve().then(() => Taro.eventCenter.trigger('e', 'a job'))
  Taro.eventCenter.trigger('e', 'the program')
  log('sync')
}

export function a_promise_of_an_event(log, Taro) {
  const next = name => new Promise(resolve => Taro.eventCenter.once(name, resolve))
  const main = async () => {
    log(`got ${await next('e')}`)
    log(`got ${await next('e')}`)
  }
  main()
  Taro.eventCenter.trigger('e', 1)
  Taro.eventCenter.trigger('e', 'lost')
  ticks(log, 2)
  setTimeout(() => Taro.eventCenter.trigger('e', 2), 0)
}

export function listeners_that_call(log, Taro) {
  const listener = () => {
    log('heard')
    Taro.login({ success: () => log('success') })
  }
  Taro.eventCenter.on('e', listener)
  Taro.eventCenter.on('e', () => log('heard too'))
  Taro.eventCenter.trigger('e')
  Promise.resolve().then(() => log('job'))
  log('sync')
}

export function what_a_listener_throws_reaches_who_triggered(log, Taro) {
  Taro.eventCenter.on('e', throwing('thrown'))
  Taro.eventCenter.on('e', () => log('no'))
  try {
    Taro.eventCenter.trigger('e')
  } catch (error) {
    log(error.message)
  }
}
