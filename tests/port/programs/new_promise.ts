//: wait(1)
//: refuse()
//: chain()
export function wait(ms: number) {
  return new Promise<string>((resolve) => {
    setTimeout(() => {
      console.log('rung')
      resolve('waited')
    }, ms)
  })
}
export const refuse = () => new Promise((_, reject) => reject('sold out'))
export function chain() {
  return Promise.resolve(1)
    .then((value) => value + 1)
    .then((value) => {
      if (value === 2) throw new Error('two')
      return value
    })
    .catch((error) => error.message)
    .finally(() => console.log('over'))
}
