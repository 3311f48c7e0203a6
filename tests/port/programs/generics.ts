//: run()
export function pick<T, K extends keyof T>(source: T, ...keys: K[]): Pick<T, K> {
  const found = {} as Pick<T, K>
  keys.forEach((key) => {
    found[key] = source[key]
  })
  return found
}
export const run = () => pick({ a: 1, b: 2, c: 3 }, 'a', 'c')
