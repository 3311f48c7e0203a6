// What the programs share; common.py has the same.

/** Logs one tick of the job queue after the other, to measure beside what else happens. */
export function ticks(log, count) {
  let promise = Promise.resolve()
  for (let tick = 1; tick <= count; tick += 1) promise = promise.then(() => log(`tick ${tick}`))
}

/** A promise that is pending until `resolve` or `reject` is called. */
export function pending() {
  let settle
  const promise = new Promise((resolve, reject) => (settle = { resolve, reject }))
  return { promise, ...settle }
}

/** A function that throws. */
export function throwing(text) {
  return () => {
    throw new Error(text)
  }
}

/** A promise that a timer resolves. */
export function sleep(ms) {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** An async function as Babel compiles it for phones, `yield` being its `await`: it goes by `then`, which an engine's own await does not. */
export function compiled(body) {
  return (...args) =>
    new Promise((resolve, reject) => {
      const steps = body(...args)
      const step = how => value => {
        let result
        try {
          result = steps[how](value)
        } catch (error) {
          reject(error)
          return
        }
        if (result.done) resolve(result.value)
        else Promise.resolve(result.value).then(step('next'), step('throw'))
      }
      step('next')()
    })
}
