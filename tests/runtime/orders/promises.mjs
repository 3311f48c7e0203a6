import { pending, ticks, throwing } from './common.mjs'

export function a_handler_runs_after_the_code_that_added_it(log) {
  log('begin')
  Promise.resolve().then(() => log('handler'))
  log('end')
}

export function handlers_of_one_promise_run_as_they_were_added(log) {
  const promise = Promise.resolve('v')
  promise.then(value => log(`first ${value}`))
  promise.then(value => log(`second ${value}`))
  promise.then(value => log(`third ${value}`))
}

export function two_chains_take_turns(log) {
  Promise.resolve().then(() => log('a1')).then(() => log('a2')).then(() => log('a3'))
  Promise.resolve().then(() => log('b1')).then(() => log('b2')).then(() => log('b3'))
}

export function an_executor_runs_at_once(log) {
  log('before')
  new Promise(() => log('executor'))
  log('after')
}

export function an_executor_goes_on_after_it_has_resolved(log) {
  const executor = resolve => {
    log('begin')
    resolve('v')
    log('end')
  }
  new Promise(executor).then(log)
  log('after')
}

export function what_an_executor_throws_rejects(log) {
  new Promise(throwing('thrown')).catch(error => log(error.message))
  ticks(log, 2)
}

export function what_an_executor_throws_after_it_has_resolved_is_lost(log) {
  const executor = resolve => {
    resolve('v')
    throw new Error('thrown')
  }
  new Promise(executor).then(log, error => log(error.message))
}

export function only_the_first_resolve_counts(log) {
  const executor = (resolve, reject) => {
    resolve('first')
    resolve('second')
    reject('third')
  }
  new Promise(executor).then(log, log)
}

export function who_waited_is_told_in_order_when_it_resolves(log) {
  const gate = pending()
  gate.promise.then(value => log(`a ${value}`)).then(() => log('after a'))
  gate.promise.then(value => log(`b ${value}`)).then(() => log('after b'))
  log('closed')
  gate.resolve('v')
  gate.promise.then(value => log(`c ${value}`))
  log('open')
}

export function a_handler_added_by_a_handler_waits_its_turn(log) {
  const promise = Promise.resolve()
  const first = () => {
    log('first')
    promise.then(() => log('added'))
  }
  promise.then(first)
  promise.then(() => log('second'))
}

export function a_chain_inside_a_handler(log) {
  const handler = () => {
    log('outer 1')
    Promise.resolve().then(() => log('inner 1')).then(() => log('inner 2'))
  }
  Promise.resolve().then(handler).then(() => log('outer 2')).then(() => log('outer 3'))
}

export function chains_inside_chains(log) {
  const inner = () => {
    log('b1')
    Promise.resolve().then(() => log('c1')).then(() => log('c2'))
    return 'b'
  }
  const outer = () => {
    log('a1')
    return Promise.resolve().then(inner).then(value => log(`${value}2`))
  }
  Promise.resolve().then(outer).then(() => log('a2'))
  ticks(log, 7)
}

export function a_value_is_with_the_next_handler_a_tick_later(log) {
  Promise.resolve().then(() => 'v').then(log)
  ticks(log, 4)
}

export function a_promise_from_a_handler_takes_two_ticks_more(log) {
  Promise.resolve().then(() => Promise.resolve('v')).then(log)
  ticks(log, 6)
}

export function a_promise_of_a_promise_from_a_handler(log) {
  const inner = () => Promise.resolve('v')
  Promise.resolve().then(() => Promise.resolve().then(inner)).then(log)
  ticks(log, 9)
}

export function a_pending_promise_from_a_handler_is_waited_for(log) {
  const gate = pending()
  Promise.resolve().then(() => gate.promise).then(log)
  Promise.resolve().then(() => log('a')).then(() => log('b')).then(() => gate.resolve('v')).then(() => log('c')).then(() => log('d'))
}

export function a_rejected_promise_from_a_handler(log) {
  Promise.resolve().then(() => Promise.reject('refused')).catch(log)
  ticks(log, 6)
}

export function resolving_with_a_promise_takes_two_ticks_more(log) {
  new Promise(resolve => resolve(Promise.resolve('v'))).then(log)
  ticks(log, 5)
}

export function resolving_with_a_pending_promise(log) {
  const gate = pending()
  new Promise(resolve => resolve(gate.promise)).then(log)
  gate.resolve('v')
  ticks(log, 5)
}

export function resolving_with_a_rejected_promise(log) {
  new Promise(resolve => resolve(Promise.reject('refused'))).catch(log)
  ticks(log, 5)
}

export function rejecting_with_a_promise_does_not_wait_for_it(log) {
  const reason = Promise.resolve('v')
  new Promise((resolve, reject) => reject(reason)).catch(given => log(given === reason ? 'the promise itself' : 'something else'))
  ticks(log, 3)
}

export function once_it_follows_a_promise_nothing_else_counts(log) {
  const gate = pending()
  const executor = (resolve, reject) => {
    resolve(gate.promise)
    reject('rejected')
    resolve('other')
  }
  new Promise(executor).then(log, log)
  ticks(log, 2)
  gate.resolve('followed')
}

export function promise_resolve_gives_a_promise_as_it_is(log) {
  const promise = Promise.resolve('v')
  log(Promise.resolve(promise) === promise ? 'the same' : 'another')
  Promise.resolve(promise).then(log)
  ticks(log, 2)
}

export function a_promise_can_not_follow_itself(log) {
  const made = pending()
  made.promise.catch(error => log(error.constructor.name))
  made.resolve(made.promise)
  ticks(log, 2)
}

export function a_handler_can_not_return_its_own_promise(log) {
  const own = Promise.resolve().then(() => own)
  own.catch(error => log(error.constructor.name))
  ticks(log, 3)
}

export function without_a_handler_it_takes_a_tick_all_the_same(log) {
  Promise.resolve('v').then().then().then(log)
  ticks(log, 4)
}

export function a_rejection_takes_a_tick_for_each_then_that_it_passes(log) {
  Promise.reject('refused').then(() => log('no')).then(() => log('no')).catch(log)
  ticks(log, 4)
}

export function a_value_takes_a_tick_for_each_catch_that_it_passes(log) {
  Promise.resolve('v').catch(() => log('no')).catch(() => log('no')).then(log)
  ticks(log, 4)
}

export function catch_gives_back_a_value_and_the_chain_goes_on(log) {
  Promise.reject('refused').catch(reason => `caught ${reason}`).then(log)
  ticks(log, 3)
}

export function what_a_handler_throws_reaches_the_next_catch(log) {
  Promise.resolve().then(throwing('thrown')).then(() => log('no')).catch(error => log(error.message)).then(() => log('on'))
  ticks(log, 5)
}

export function catch_may_throw_again(log) {
  const again = reason => {
    log(`caught ${reason}`)
    throw new Error('again')
  }
  Promise.reject('refused').catch(again).catch(error => log(error.message))
  ticks(log, 3)
}

export function catch_gets_the_very_value(log) {
  const reason = { code: 7 }
  Promise.reject('sold out').catch(log)
  Promise.reject(reason).catch(given => log(given === reason ? 'the object' : 'something else'))
  Promise.reject(7).then(null, given => log(`${given + 1}`))
}

export function then_with_two_handlers_is_sooner_than_then_and_catch(log) {
  const refused = Promise.reject('refused')
  refused.then(() => log('no')).catch(() => log('then and catch'))
  refused.then(() => log('no'), () => log('then with two'))
}

export function the_second_handler_is_not_for_the_first_ones_errors(log) {
  Promise.resolve().then(throwing('thrown'), () => log('no')).catch(error => log(error.message))
}

export function finally_takes_two_ticks_more(log) {
  Promise.resolve('v').finally(() => log('finally')).then(log)
  ticks(log, 6)
}

export function finally_keeps_a_rejection(log) {
  Promise.reject('refused').finally(() => log('finally')).catch(log)
  ticks(log, 6)
}

export function finally_waits_for_its_promise(log) {
  const gate = pending()
  const settled = () => {
    log('finally')
    return gate.promise
  }
  Promise.resolve('v').finally(settled).then(log)
  Promise.resolve().then(() => log('a')).then(() => log('b')).then(() => gate.resolve('ignored')).then(() => log('c')).then(() => log('d'))
}

export function what_finally_throws_takes_the_place(log) {
  Promise.resolve('v').finally(throwing('thrown')).catch(error => log(error.message))
  ticks(log, 4)
}

export function what_finally_rejects_with_takes_the_place(log) {
  Promise.reject('refused').finally(() => Promise.reject('other')).catch(log)
  ticks(log, 6)
}

export function handlers_added_to_a_settled_promise_by_a_handler(log) {
  const settled = Promise.resolve('v')
  Promise.resolve().then(() => settled.then(log)).then(() => log('after'))
  ticks(log, 5)
}

export function an_async_handler_is_waited_for(log) {
  const handler = async value => {
    log(`begin ${value}`)
    await Promise.resolve()
    log('end')
    return 'result'
  }
  Promise.resolve('v').then(handler).then(log)
  ticks(log, 7)
}

export function an_async_handler_that_awaits_nothing(log) {
  const handler = async value => {
    log(`in ${value}`)
    return 'result'
  }
  Promise.resolve('v').then(handler).then(log)
  ticks(log, 6)
}

export function an_async_handler_that_throws(log) {
  const handler = async () => {
    throw new Error('thrown')
  }
  Promise.resolve('v').then(handler).catch(error => log(error.message))
  ticks(log, 6)
}

export function an_async_catch(log) {
  const handler = async reason => {
    log(`begin ${reason}`)
    await Promise.resolve()
    return 'mended'
  }
  Promise.reject('refused').catch(handler).then(log)
  ticks(log, 6)
}

export function an_async_finally(log) {
  const settled = async () => {
    log('begin')
    await Promise.resolve()
    log('end')
  }
  Promise.resolve('v').finally(settled).then(log)
  ticks(log, 8)
}

export function a_queue_of_tasks_made_of_one_chain(log) {
  let queue = Promise.resolve()
  const enqueue = name => {
    const task = async () => {
      log(`begin ${name}`)
      await Promise.resolve()
      log(`end ${name}`)
    }
    queue = queue.then(task)
  }
  enqueue('a')
  enqueue('b')
  log('queued')
  ticks(log, 9)
}
