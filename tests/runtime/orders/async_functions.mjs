import { pending, sleep, ticks, throwing } from './common.mjs'

export function it_begins_at_the_call(log) {
  const load = async () => {
    log('load')
    await Promise.resolve()
    log('loaded')
  }
  log('before')
  load()
  log('after')
}

export function promise_resolve_begins_it_at_the_call(log) {
  const load = async () => {
    log('load')
    return 'loaded'
  }
  Promise.resolve(load()).then(log)
  log('after')
  ticks(log, 3)
}

export function an_await_yields_although_the_promise_is_settled(log) {
  const g = async () => {
    log('g1')
    await Promise.resolve()
    log('g2')
  }
  Promise.resolve().then(() => log('p1'))
  g()
  log('sync')
}

export function awaits_of_settled_promises_take_a_tick_each(log) {
  const main = async () => {
    for (let count = 1; count <= 4; count += 1) {
      await Promise.resolve()
      log(`await ${count}`)
    }
  }
  main()
  ticks(log, 5)
}

export function awaits_of_one_settled_promise_take_a_tick_each(log) {
  const settled = Promise.resolve('v')
  const main = async () => {
    log(`${await settled} 1`)
    log(`${await settled} 2`)
    log(`${await settled} 3`)
  }
  ticks(log, 4)
  main()
}

export function an_await_of_a_pending_promise(log) {
  const gate = pending()
  const main = async () => {
    log('waits')
    log(await gate.promise)
  }
  main()
  log('sync')
  ticks(log, 2)
  setTimeout(() => gate.resolve('open'), 0)
}

export function who_awaits_and_who_added_a_handler_are_told_in_order(log) {
  const gate = pending()
  const wait = async name => {
    await gate.promise
    log(name)
  }
  gate.promise.then(() => log('handler 1'))
  wait('await 1')
  gate.promise.then(() => log('handler 2'))
  wait('await 2')
  gate.resolve()
  log('resolved')
  ticks(log, 2)
}

export function its_value_is_there_a_tick_after_it_returned(log) {
  const f = async () => 'v'
  f().then(log)
  ticks(log, 3)
}

export function a_promise_that_it_returns_takes_two_ticks_more(log) {
  const f = async () => Promise.resolve('v')
  f().then(log)
  ticks(log, 5)
}

export function to_return_an_await_takes_one_more(log) {
  const f = async () => await Promise.resolve('v')
  f().then(log)
  ticks(log, 5)
}

export function a_rejected_promise_that_it_returns(log) {
  const f = async () => Promise.reject('refused')
  f().catch(log)
  ticks(log, 5)
}

export function a_pending_promise_that_it_returns(log) {
  const gate = pending()
  const f = async () => gate.promise
  f().then(log)
  gate.resolve('v')
  ticks(log, 5)
}

export function what_it_throws_rejects(log) {
  const f = async () => {
    log('in f')
    throw new Error('thrown')
  }
  f().catch(error => log(error.message))
  log('sync')
  ticks(log, 3)
}

export function what_it_throws_after_an_await_rejects(log) {
  const f = async () => {
    await Promise.resolve()
    log('in f')
    throw new Error('thrown')
  }
  f().catch(error => log(error.message))
  ticks(log, 4)
}

export function a_rejection_is_caught_a_tick_later(log) {
  const main = async () => {
    try {
      await Promise.resolve().then(throwing('thrown'))
    } catch (error) {
      log(`caught ${error.message}`)
    } finally {
      log('finally')
    }
    log('on')
  }
  main()
  ticks(log, 4)
}

export function finally_may_await(log) {
  const f = async () => {
    try {
      return 'v'
    } finally {
      log('finally')
      await Promise.resolve()
      log('cleaned up')
    }
  }
  f().then(log)
  ticks(log, 4)
}

export function two_of_them_take_turns(log) {
  const run = async name => {
    log(`${name}1`)
    await Promise.resolve()
    log(`${name}2`)
    await Promise.resolve()
    log(`${name}3`)
  }
  run('a')
  run('b')
  log('sync')
}

export function one_that_awaits_another(log) {
  const inner = async () => {
    log('inner 1')
    await Promise.resolve()
    log('inner 2')
    return 'v'
  }
  const outer = async () => {
    log('outer 1')
    log(`outer ${await inner()}`)
  }
  outer()
  log('sync')
  ticks(log, 4)
}

export function one_that_awaits_another_that_does_not(log) {
  const inner = async () => {
    log('inner')
  }
  const outer = async () => {
    log('outer 1')
    await inner()
    log('outer 2')
  }
  Promise.resolve().then(() => log('job'))
  outer()
  log('sync')
}

export function three_deep(log) {
  const inner = async () => {
    await Promise.resolve()
    return 'v'
  }
  const middle = async () => {
    const value = await inner()
    log(`middle ${value}`)
    return value
  }
  const outer = async () => {
    const value = await middle()
    log(`outer ${value}`)
    return value
  }
  outer().then(value => log(`main ${value}`))
  ticks(log, 6)
}

export function one_that_returns_the_promise_of_another(log) {
  const inner = async () => 'v'
  const outer = async () => inner()
  outer().then(log)
  ticks(log, 5)
}

export function one_that_calls_itself(log) {
  const down = async n => {
    log(`down ${n}`)
    if (n > 0) await down(n - 1)
    log(`up ${n}`)
  }
  down(2)
  log('sync')
  ticks(log, 5)
}

export function resolving_with_one(log) {
  const load = async () => {
    log('load')
    return 'v'
  }
  new Promise(resolve => resolve(load())).then(log)
  log('sync')
  ticks(log, 5)
}

export function an_async_executor_runs_at_once(log) {
  const executor = async resolve => {
    log('executor 1')
    await Promise.resolve()
    log('executor 2')
    resolve('v')
    log('executor 3')
  }
  new Promise(executor).then(log)
  log('sync')
  ticks(log, 4)
}

export function a_retry_that_awaits_rejections(log) {
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    log(`attempt ${attempts}`)
    if (attempts < 3) throw new Error('not yet')
    return 'at last'
  }
  const main = async () => {
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        log(error.message)
      }
    }
  }
  main().then(log)
  ticks(log, 6)
}

export function begun_now_and_awaited_later(log) {
  const load = async name => {
    log(`begin ${name}`)
    await Promise.resolve()
    log(`end ${name}`)
    return name
  }
  const main = async () => {
    const [first, second] = [load('a'), load('b')]
    log('both begun')
    log(`got ${await first}`)
    log(`got ${await second}`)
  }
  main()
  ticks(log, 5)
}

export function a_flag_set_before_the_first_await_is_set_at_once(log) {
  let busy = false
  const submit = async name => {
    if (busy) {
      log(`${name} refused`)
      return
    }
    busy = true
    log(`${name} begins`)
    await Promise.resolve()
    busy = false
    log(`${name} ends`)
  }
  submit('first')
  submit('second')
  Promise.resolve().then(() => submit('third'))
}

export function awaits_between_handlers_and_timers(log) {
  const main = async () => {
    log('main 1')
    await Promise.resolve()
    log('main 2')
    await sleep(0)
    log('main 3')
    await Promise.resolve()
    log('main 4')
  }
  setTimeout(() => log('timer'), 0)
  main().then(() => log('main done'))
  Promise.resolve().then(() => log('job'))
  log('sync')
}

export function a_long_one(log) {
  const a = async () => {
    log('a1')
    await b()
    log('a2')
  }
  const b = async () => {
    log('b1')
    await Promise.resolve()
    log('b2')
    return 'b'
  }
  const failing = async () => {
    await Promise.resolve()
    throw new Error('m')
  }
  const executor = resolve => {
    log('executor')
    resolve('resolved')
    log('after resolve')
  }
  setTimeout(() => log('timer'), 0)
  a().finally(() => log('fin')).then(() => log('done'))
  failing().catch(error => log(error.message)).then(() => log('caught'))
  new Promise(executor).then(log).then(() => log('p2')).then(() => log('p3'))
  log('sync')
}
