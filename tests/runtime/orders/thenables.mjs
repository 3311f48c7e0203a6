import { compiled, sleep, ticks } from './common.mjs'

/** An object with a `then` that says when it is called, and answers at once. */
class Thenable {
  constructor(log, value) {
    this.log = log
    this.value = value
  }

  then(resolve) {
    this.log(`then of ${this.value}`)
    resolve(this.value)
  }
}

/** An object with the given `then`. */
class With {
  constructor(then) {
    this.then = then
  }
}

export function its_then_is_called_in_a_job(log) {
  Promise.resolve(new Thenable(log, 'v')).then(log)
  log('sync')
  ticks(log, 4)
}

export function an_await_of_a_thenable(log) {
  const main = async () => {
    log('main')
    log(await new Thenable(log, 'v'))
  }
  main()
  log('sync')
  ticks(log, 4)
}

export function a_thenable_from_a_handler(log) {
  Promise.resolve().then(() => new Thenable(log, 'v')).then(log)
  ticks(log, 5)
}

export function a_thenable_from_an_async_function(log) {
  const f = async () => new Thenable(log, 'v')
  f().then(log)
  ticks(log, 4)
}

export function resolving_with_a_thenable(log) {
  new Promise(resolve => resolve(new Thenable(log, 'v'))).then(log)
  log('sync')
  ticks(log, 4)
}

export function a_thenable_that_answers_later(log) {
  const later = new With(resolve => setTimeout(() => resolve('v'), 0))
  Promise.resolve(later).then(log)
  ticks(log, 3)
}

export function a_thenable_that_rejects(log) {
  Promise.resolve(new With((resolve, reject) => reject('refused'))).catch(log)
  ticks(log, 4)
}

export function a_thenable_that_throws(log) {
  const throws = () => {
    throw new Error('thrown')
  }
  Promise.resolve(new With(throws)).catch(error => log(error.message))
  ticks(log, 4)
}

export function what_a_thenable_throws_after_it_has_answered_is_lost(log) {
  const throws = resolve => {
    resolve('v')
    throw new Error('thrown')
  }
  Promise.resolve(new With(throws)).then(log, error => log(error.message))
}

export function a_thenable_that_answers_twice(log) {
  const twice = (resolve, reject) => {
    resolve('first')
    reject('second')
    resolve('third')
  }
  Promise.resolve(new With(twice)).then(log, log)
}

export function a_thenable_of_a_thenable(log) {
  const inner = new Thenable(log, 'v')
  const then = resolve => {
    log('outer then')
    resolve(inner)
  }
  Promise.resolve(new With(then)).then(log)
  ticks(log, 5)
}

export function a_thenable_of_a_promise(log) {
  Promise.resolve(new With(resolve => resolve(Promise.resolve('v')))).then(log)
  ticks(log, 6)
}

export function a_then_that_is_no_function_is_no_then(log) {
  Promise.resolve(new With('text')).then(value => log(value.then))
  ticks(log, 2)
}

export function rejecting_with_a_thenable_does_not_ask_it(log) {
  const thenable = new Thenable(log, 'v')
  Promise.reject(thenable).catch(given => log(given === thenable ? 'the thenable itself' : 'something else'))
  ticks(log, 3)
}

export function all_of_thenables(log) {
  Promise.all([new Thenable(log, 'a'), Promise.resolve('b'), new Thenable(log, 'c')]).then(values => log(values.join(' ')))
  log('sync')
  ticks(log, 5)
}

export function race_of_a_thenable_and_a_promise(log) {
  Promise.race([new Thenable(log, 'a'), Promise.resolve('b')]).then(log)
  ticks(log, 4)
}

/** A promise whose `then` a program has replaced by one that says so, and goes on to the old one. */
function replaced(log, value) {
  const promise = Promise.resolve(value)
  const old = promise.then.bind(promise)
  promise.then = (ok, no) => {
    log('own then')
    return old(given => ok(`${given}, by its own then`), no)
  }
  return promise
}

export function a_replaced_then_is_called_as_any(log) {
  replaced(log, 'v').then(log)
  log('sync')
  ticks(log, 2)
}

// Compiled, as Taro's builds are. An engine's own `await` passes by the `then` of its own promises.
export function an_await_honours_a_replaced_then(log) {
  const main = compiled(function* () {
    log('main')
    log(yield replaced(log, 'v'))
  })
  main()
  log('sync')
  ticks(log, 3)
}

export function promise_resolve_keeps_a_replaced_then(log) {
  const promise = replaced(log, 'v')
  log(Promise.resolve(promise) === promise ? 'the same' : 'another')
  Promise.resolve(promise).then(log)
  ticks(log, 2)
}

export function resolving_with_a_promise_calls_its_replaced_then(log) {
  const promise = replaced(log, 'v')
  new Promise(resolve => resolve(promise)).then(log)
  log('sync')
  ticks(log, 5)
}

export function a_promise_with_a_replaced_then_from_a_handler(log) {
  const promise = replaced(log, 'v')
  Promise.resolve().then(() => promise).then(log)
  ticks(log, 6)
}

export function a_promise_with_a_replaced_then_from_an_async_function(log) {
  const promise = replaced(log, 'v')
  const f = async () => promise
  f().then(log)
  ticks(log, 5)
}

export function all_calls_a_replaced_then(log) {
  Promise.all([replaced(log, 'a'), 'b']).then(values => log(values.join(' ')))
  log('sync')
  ticks(log, 4)
}

export function race_calls_a_replaced_then(log) {
  Promise.race([replaced(log, 'a'), Promise.resolve('b')]).then(log)
  log('sync')
  ticks(log, 4)
}

export function catch_goes_by_a_replaced_then(log) {
  const promise = Promise.reject('refused')
  const old = promise.then.bind(promise)
  promise.then = (ok, no) => {
    log('own then')
    return old(ok, reason => no(`${reason}, by its own then`))
  }
  promise.catch(log)
  log('sync')
  ticks(log, 2)
}

export function finally_goes_by_a_replaced_then(log) {
  const promise = Promise.resolve('v')
  const old = promise.then.bind(promise)
  promise.then = (ok, no) => {
    log('own then')
    return old(ok, no)
  }
  promise.finally(() => log('finally')).then(log)
  log('sync')
  ticks(log, 5)
}

export function a_wrapper_around_a_call_that_replaces_its_then(log, Taro) {
  const watched = task => {
    const old = task.then.bind(task)
    task.then = (ok, no) =>
      old(result => {
        log('watched')
        return ok(result)
      }, no)
    return task
  }
  const main = compiled(function* () {
    yield watched(Taro.login())
    log('logged in')
  })
  main()
  watched(Taro.login()).then(() => log('handler'))
  log('sync')
}

export function a_thenable_that_waits_for_a_promise(log) {
  const slow = new With((resolve, reject) => {
    log('asked')
    sleep(0).then(() => resolve('v'), reject)
  })
  const main = async () => {
    log(await slow)
  }
  main()
  log('sync')
}
