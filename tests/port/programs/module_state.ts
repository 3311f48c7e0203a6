//: next()
//: next()
//: reset()
//: next()
let current = 0
const cache: Record<string, number> = {}
export function next() {
  current++
  cache[`k${current}`] = current
  return [current, Object.keys(cache).length]
}
export const reset = () => {
  current = 0
}
