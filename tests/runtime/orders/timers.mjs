import { pending, sleep, ticks } from './common.mjs'

export function a_timer_comes_after_all_jobs(log) {
  setTimeout(() => log('timer'), 0)
  Promise.resolve().then(() => log('job 1')).then(() => log('job 2')).then(() => log('job 3'))
  log('sync')
}

export function a_timer_comes_after_hundreds_of_jobs(log) {
  let jobs = 0
  const another = () => {
    jobs += 1
    return jobs < 200 ? Promise.resolve().then(another) : undefined
  }
  setTimeout(() => log(`timer after ${jobs} jobs`), 0)
  Promise.resolve().then(another)
}

export function a_timer_comes_after_async_functions_that_await_settled_promises(log) {
  const main = async () => {
    for (let count = 0; count < 20; count += 1) await Promise.resolve()
    log('main')
  }
  setTimeout(() => log('timer'), 0)
  main()
}

export function timers_come_in_the_order_in_which_they_were_set(log) {
  for (const name of ['a', 'b', 'c']) setTimeout(() => log(name), 0)
}

export function timers_come_when_they_are_due(log) {
  setTimeout(() => log('30 ms'), 30)
  setTimeout(() => log('0 ms'), 0)
  setTimeout(() => log('15 ms'), 15)
}

export function jobs_of_a_timer_come_before_the_next_timer(log) {
  const first = () => {
    log('timer 1')
    Promise.resolve().then(() => log('job 1')).then(() => log('job 2'))
  }
  setTimeout(first, 0)
  setTimeout(() => log('timer 2'), 0)
}

export function who_awaits_what_a_timer_resolves_comes_before_the_next_timer(log) {
  const gate = pending()
  const main = async () => {
    log(await gate.promise)
    await Promise.resolve()
    log('on')
  }
  main()
  setTimeout(() => gate.resolve('open'), 0)
  setTimeout(() => log('timer 2'), 0)
}

export function a_timer_set_by_a_job(log) {
  Promise.resolve().then(() => setTimeout(() => log('timer of a job'), 0))
  setTimeout(() => log('timer'), 0)
  ticks(log, 2)
}

export function a_timer_set_by_a_timer_comes_after_those_that_were_there(log) {
  const first = () => {
    log('timer 1')
    setTimeout(() => log('timer 3'), 0)
  }
  setTimeout(first, 0)
  setTimeout(() => log('timer 2'), 0)
}

export function a_cleared_timer_never_comes(log) {
  const timer = setTimeout(() => log('no'), 0)
  Promise.resolve().then(() => clearTimeout(timer))
  setTimeout(() => log('timer'), 0)
}

export function a_timer_may_clear_the_next(log) {
  const first = () => {
    log('timer 1')
    clearTimeout(second)
  }
  setTimeout(first, 0)
  const second = setTimeout(() => log('no'), 0)
  setTimeout(() => log('timer 3'), 0)
}

export function sleepers_wake_in_order(log) {
  const run = async name => {
    for (let count = 1; count <= 2; count += 1) {
      await sleep(0)
      log(`${name}${count}`)
    }
  }
  run('a')
  run('b')
  log('sync')
}

export function a_poll_by_timers(log) {
  let ready = false
  let asked = 0
  const poll = resolve => {
    asked += 1
    log(`ask ${asked}`)
    if (ready) resolve('ready')
    else setTimeout(() => poll(resolve), 0)
  }
  new Promise(poll).then(log)
  const second = () => {
    ready = true
    log('it is')
  }
  setTimeout(second, 0)
}
