import { pending, sleep, ticks } from './common.mjs'

export function all_gives_the_values_in_the_order_given(log) {
  const [first, second] = [pending(), pending()]
  Promise.all([first.promise, second.promise]).then(values => log(values.join(' ')))
  second.resolve('b')
  log('second')
  first.resolve('a')
  log('first')
}

export function all_of_settled_promises(log) {
  Promise.all([Promise.resolve('a'), Promise.resolve('b')]).then(values => log(values.join(' ')))
  ticks(log, 4)
}

export function all_of_plain_values(log) {
  Promise.all(['a', 'b']).then(values => log(values.join(' ')))
  ticks(log, 4)
}

export function all_of_nothing(log) {
  Promise.all([]).then(values => log(`${values.length} values`))
  ticks(log, 3)
}

export function all_rejects_with_the_first_that_rejects(log) {
  const [first, second, third] = [pending(), pending(), pending()]
  Promise.all([first.promise, second.promise, third.promise]).then(() => log('no'), log)
  third.reject('third')
  first.reject('first')
  ticks(log, 4)
}

export function all_does_not_keep_the_others_from_running(log) {
  const slow = sleep(10).then(() => log('slow'))
  Promise.all([slow, Promise.reject('refused')]).catch(log)
}

export function all_begins_async_functions_at_once(log) {
  const load = async name => {
    log(`begin ${name}`)
    await Promise.resolve()
    log(`end ${name}`)
    return name
  }
  Promise.all([load('a'), load('b')]).then(values => log(values.join(' ')))
  log('sync')
  ticks(log, 5)
}

export function all_in_all(log) {
  Promise.all([Promise.all(['a', 'b']), Promise.all([Promise.resolve('c')])]).then(values => log(values.flat().join(' ')))
  ticks(log, 6)
}

export function all_awaited(log) {
  const main = async () => {
    log('main')
    const values = await Promise.all([Promise.resolve('a'), sleep(0).then(() => 'b'), 'c'])
    log(values.join(' '))
  }
  main()
  log('sync')
}

export function all_settled_tells_of_each(log) {
  const told = each => (each.status === 'fulfilled' ? `value ${each.value}` : `reason ${each.reason}`)
  Promise.allSettled([Promise.resolve('a'), Promise.reject('b'), 'c']).then(each => log(each.map(told).join(', ')))
  ticks(log, 4)
}

export function all_settled_of_nothing(log) {
  Promise.allSettled([]).then(each => log(`${each.length} ends`))
  ticks(log, 3)
}

export function any_gives_the_first_value(log) {
  const [first, second] = [pending(), pending()]
  Promise.any([Promise.reject('refused'), first.promise, second.promise]).then(log)
  second.resolve('second')
  first.resolve('first')
  ticks(log, 4)
}

export function any_of_settled_promises(log) {
  Promise.any([Promise.reject('refused'), Promise.resolve('a'), Promise.resolve('b')]).then(log)
  ticks(log, 4)
}

export function any_of_none_that_is_fulfilled(log) {
  const told = error => log(`${error.constructor.name} ${error.errors.join(' ')}`)
  Promise.any([Promise.reject('a'), Promise.reject('b')]).catch(told)
  ticks(log, 4)
}

export function any_of_nothing(log) {
  Promise.any([]).catch(error => log(`${error.errors.length} errors`))
  ticks(log, 3)
}

export function race_settles_as_the_first(log) {
  const [first, second] = [pending(), pending()]
  Promise.race([first.promise, second.promise]).then(log, log)
  second.reject('second')
  first.resolve('first')
  ticks(log, 4)
}

export function race_of_settled_promises(log) {
  Promise.race([Promise.resolve('a'), Promise.resolve('b')]).then(log)
  ticks(log, 4)
}

export function race_of_a_plain_value_and_a_settled_promise(log) {
  Promise.race(['a', Promise.resolve('b')]).then(log)
  Promise.race([Promise.resolve('c'), 'd']).then(log)
  ticks(log, 3)
}

export function race_against_a_timer(log) {
  Promise.race([sleep(20).then(() => 'slow'), sleep(0).then(() => 'quick')]).then(log)
  Promise.race([sleep(0).then(() => Promise.reject('late')), Promise.resolve('at once')]).then(log)
}

export function race_of_async_functions(log) {
  const run = async (name, awaits) => {
    log(`begin ${name}`)
    for (let count = 0; count < awaits; count += 1) await Promise.resolve()
    log(`end ${name}`)
    return name
  }
  Promise.race([run('slow', 4), run('quick', 1)]).then(name => log(`${name} won`))
  ticks(log, 5)
}

export function of_two_alls_that_share_promises(log) {
  const [first, second] = [pending(), pending()]
  Promise.all([first.promise, second.promise]).then(() => log('both'))
  Promise.all([second.promise]).then(() => log('second'))
  Promise.all([first.promise]).then(() => log('first'))
  first.resolve()
  second.resolve()
}
