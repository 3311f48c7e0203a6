import { sleep, ticks, throwing } from './common.mjs'

export function callbacks_come_after_the_call_has_returned(log, Taro) {
  log('before')
  Taro.login({ success: () => log('success'), complete: () => log('complete') })
  log('after')
}

export function success_and_complete_come_before_the_promise_settles(log, Taro) {
  Taro.login({ success: () => log('success'), complete: () => log('complete') }).then(() => log('then'))
}

export function fail_and_complete_come_before_the_promise_settles(log, Taro) {
  Taro.getStorage({ key: 'missing', fail: () => log('fail'), complete: () => log('complete') }).catch(() => log('catch'))
}

export function an_answer_comes_after_all_queued_jobs(log, Taro) {
  Taro.login({ success: () => log('success') }).then(() => log('then'))
  ticks(log, 5)
  log('sync')
}

export function an_answer_comes_after_async_functions_that_await_settled_promises(log, Taro) {
  const main = async () => {
    for (let count = 1; count <= 5; count += 1) {
      await Promise.resolve()
      log(`await ${count}`)
    }
  }
  Taro.login().then(() => log('then'))
  main()
}

export function answers_come_in_the_order_of_the_calls(log, Taro) {
  for (const name of ['a', 'b', 'c']) Taro.login({ success: () => log(name) })
  log('sync')
}

export function jobs_of_an_answer_come_before_the_next_answer(log, Taro) {
  const call = name => {
    const success = () => {
      log(`success ${name}`)
      Promise.resolve().then(() => log(`job ${name}`))
    }
    Taro.login({ success, complete: () => log(`complete ${name}`) }).then(() => log(`then ${name}`)).then(() => log(`then 2 ${name}`))
  }
  call('a')
  call('b')
}

export function calls_of_different_functions_answer_in_order(log, Taro) {
  Taro.setStorage({ key: 'k', data: 'v' }).then(() => log('set'))
  Taro.getStorage({ key: 'missing' }).catch(() => log('not found'))
  Taro.getNetworkType().then(() => log('network'))
  Taro.login({ complete: () => log('login') })
  log('sync')
}

export function a_call_in_a_callback_answers_after_those_that_were_made(log, Taro) {
  const first = () => {
    log('first')
    Taro.login({ success: () => log('third') })
  }
  Taro.login({ success: first })
  Taro.login({ success: () => log('second') })
}

export function a_call_in_a_handler_answers_after_those_that_were_made(log, Taro) {
  const first = () => {
    log('first')
    Taro.login().then(() => log('third'))
  }
  Taro.login().then(first)
  Taro.login().then(() => log('second'))
}

export function a_call_in_a_job_answers_after_the_jobs_that_follow(log, Taro) {
  Promise.resolve().then(() => Taro.login({ success: () => log('success') }))
  ticks(log, 4)
}

export function callbacks_in_callbacks(log, Taro) {
  const third = () => {
    log('third')
    Promise.resolve().then(() => log('job of the third'))
  }
  const second = () => {
    log('second')
    Taro.getNetworkType({ success: third, complete: () => log('third complete') })
    log('third called')
  }
  const first = () => {
    log('first')
    Taro.setStorage({ key: 'k', data: 'v', success: second, complete: () => log('second complete') })
    log('second called')
  }
  Taro.login({ success: first, complete: () => log('first complete') })
  log('first called')
}

export function a_retry_in_fail(log, Taro) {
  let tries = 0
  const attempt = () => {
    tries += 1
    log(`try ${tries}`)
    Taro.getStorage({ key: 'token', success: () => log('found'), fail: tries < 3 ? attempt : store })
  }
  const store = () => {
    log('store')
    Taro.setStorage({ key: 'token', data: 't', success: attempt })
  }
  attempt()
  Taro.login({ success: () => log('login') })
}

export function handlers_returning_calls(log, Taro) {
  const stored = () => {
    log('logged in')
    return Taro.setStorage({ key: 'k', data: 'v' })
  }
  const read = () => {
    log('stored')
    return Taro.getStorage({ key: 'k' })
  }
  Taro.login().then(stored).then(read).then(result => log(`read ${result.data}`))
  Promise.resolve().then(() => log('job'))
}

export function awaits_of_calls(log, Taro) {
  const main = async () => {
    log('main')
    await Taro.login()
    log('logged in')
    await Taro.setStorage({ key: 'k', data: 'v' })
    log('stored')
    const result = await Taro.getStorage({ key: 'k' })
    log(`read ${result.data}`)
  }
  main().then(() => log('done'))
  log('sync')
}

export function awaits_in_two_async_functions(log, Taro) {
  const run = async name => {
    for (let count = 1; count <= 3; count += 1) {
      await Taro.login()
      log(`${name}${count}`)
      await Promise.resolve()
      log(`${name}${count} on`)
    }
  }
  run('a')
  run('b')
  log('sync')
}

export function an_await_of_a_call_and_jobs_beside_it(log, Taro) {
  const main = async () => {
    await Taro.login()
    log('logged in')
    ticks(log, 2)
    await Taro.login()
    log('again')
  }
  main()
  ticks(log, 3)
}

export function a_call_that_fails_is_caught(log, Taro) {
  const main = async () => {
    try {
      await Taro.getStorage({ key: 'missing' })
    } catch (error) {
      log(error.errMsg.split(':')[0])
    } finally {
      log('finally')
    }
  }
  main()
  log('sync')
}

export function one_promise_many_handlers(log, Taro) {
  const promise = Taro.login()
  const wait = async () => {
    await promise
    log('await')
  }
  promise.then(() => log('handler 1'))
  wait()
  promise.then(() => log('handler 2'))
  promise.finally(() => log('finally'))
  log('sync')
}

export function a_handler_added_after_the_answer(log, Taro) {
  const promise = Taro.login()
  const first = () => {
    log('first')
    promise.then(() => log('added'))
    Promise.resolve().then(() => log('job'))
  }
  promise.then(first)
  promise.then(() => log('second'))
}

export function an_async_success_begins_at_once(log, Taro) {
  const success = async () => {
    log('success 1')
    await Promise.resolve()
    log('success 2')
  }
  Taro.login({ success, complete: () => log('complete') }).then(() => log('then'))
}

export function an_async_success_that_awaits_a_call(log, Taro) {
  const success = async () => {
    log('success')
    await Taro.setStorage({ key: 'k', data: 'v' })
    log('stored')
  }
  Taro.login({ success }).then(() => log('then'))
  Taro.login({ success: () => log('second') })
}

export function an_async_complete_begins_at_once(log, Taro) {
  const complete = async () => {
    log('complete 1')
    await Taro.login()
    log('complete 2')
  }
  Taro.login({ success: () => log('success'), complete }).then(() => log('then'))
}

export function jobs_of_success_come_before_the_handlers(log, Taro) {
  const success = () => {
    log('success')
    Promise.resolve().then(() => log('job 1')).then(() => log('job 2'))
  }
  Taro.login({ success }).then(() => log('then 1')).then(() => log('then 2'))
}

export function jobs_of_success_come_after_complete(log, Taro) {
  const success = () => {
    log('success')
    Promise.resolve().then(() => log('job'))
  }
  Taro.login({ success, complete: () => log('complete') })
}

export function jobs_of_complete_come_after_the_handlers(log, Taro) {
  const complete = () => {
    log('complete')
    Promise.resolve().then(() => log('job'))
  }
  Taro.login({ success: () => log('success'), complete }).then(() => log('then 1')).then(() => log('then 2'))
}

export function a_success_that_throws(log, Taro) {
  const success = () => {
    log('success')
    throw new Error('thrown')
  }
  Taro.login({ success, complete: () => log('complete') }).then(() => log('then'))
  Taro.login({ success: () => log('second') })
}

export function a_fail_that_throws(log, Taro) {
  const fail = () => {
    log('fail')
    throw new Error('thrown')
  }
  Taro.getStorage({ key: 'missing', fail, complete: () => log('complete') }).catch(() => log('catch'))
  Taro.login({ success: () => log('second') })
}

export function a_complete_that_throws(log, Taro) {
  Taro.login({ success: () => log('success'), complete: throwing('thrown') }).then(() => log('then'))
  Taro.login({ success: () => log('second') })
}

export function all_of_calls(log, Taro) {
  const calls = [Taro.login(), Taro.getNetworkType(), Taro.setStorage({ key: 'k', data: 'v' })]
  Promise.all(calls).then(() => log('all'))
  calls[0].then(() => log('login'))
  calls[2].then(() => log('stored'))
  log('sync')
}

export function race_of_calls(log, Taro) {
  Promise.race([Taro.getStorage({ key: 'missing' }), Taro.login()]).then(() => log('no'), () => log('the first failed'))
  Taro.login().then(() => log('third'))
}

export function all_of_async_functions_that_call(log, Taro) {
  const load = async name => {
    log(`begin ${name}`)
    await Taro.login()
    log(`logged in ${name}`)
    return name
  }
  Promise.all([load('a'), load('b')]).then(names => log(names.join(' ')))
  log('sync')
}

export function a_promise_around_a_call(log, Taro) {
  const login = () => new Promise((resolve, reject) => Taro.login({ success: resolve, fail: reject }))
  const main = async () => {
    log('main')
    await login()
    log('logged in')
  }
  main()
  Promise.resolve().then(() => log('job'))
  log('sync')
}

export function a_call_in_a_timer(log, Taro) {
  const timer = () => {
    log('timer')
    Taro.login({ success: () => log('success') }).then(() => log('then'))
    Promise.resolve().then(() => log('job'))
  }
  setTimeout(timer, 0)
}

export function a_timer_in_a_callback(log, Taro) {
  const success = () => {
    setTimeout(() => log('timer'), 0)
    Promise.resolve().then(() => log('job'))
    log('success')
  }
  Taro.login({ success }).then(() => log('then'))
}

export function a_sleep_after_a_call(log, Taro) {
  const main = async () => {
    await Taro.login()
    log('logged in')
    await sleep(0)
    log('slept')
    await Taro.login()
    log('again')
  }
  main()
}

export function synchronous_functions_answer_at_once(log, Taro) {
  const getUser = async () => {
    log(`token ${Taro.getStorageSync('token')}`)
    const result = await Taro.getStorage({ key: 'token' })
    log(`stored ${result.data}`)
  }
  Taro.setStorageSync('token', 't')
  getUser()
  log('showLoading')
}

export function a_poll_by_calls_lets_others_answer(log, Taro) {
  let asked = 0
  const poll = () => {
    asked += 1
    log(`ask ${asked}`)
    return asked < 4 ? Taro.getNetworkType().then(poll) : undefined
  }
  poll().then(() => log('polled'))
  Taro.login({ success: () => log('login') })
}

export function a_lock_that_serves_one_call_at_a_time(log, Taro) {
  let tail = Promise.resolve()
  const locked = name => {
    const run = () => {
      log(`begin ${name}`)
      return Taro.login().then(() => log(`end ${name}`))
    }
    tail = tail.then(run)
    return tail
  }
  locked('a')
  locked('b').then(() => log('b is through'))
  log('sync')
}

export function one_login_for_all_who_ask(log, Taro) {
  let login = null
  const token = () => {
    if (login === null) {
      log('login')
      login = Taro.login().finally(() => (login = null))
    }
    return login
  }
  const ask = async name => {
    log(`ask ${name}`)
    await token()
    log(`got ${name}`)
  }
  ask('a')
  ask('b')
  log('sync')
}
