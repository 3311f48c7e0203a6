//: run(2)
export async function retry<T>(work: (n: number) => Promise<T>, times = 3): Promise<T> {
  let last: any
  for (let n = 1; n <= times; n++) {
    try {
      return await work(n)
    } catch (error) {
      last = error
      console.log(`try ${n} failed`)
    }
  }
  throw last
}
export function run(good: number) {
  return retry(async (n) => {
    if (n < good) throw new Error('no')
    return n
  })
}
