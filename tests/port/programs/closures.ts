//: run()
export function counter() {
  let count = 0
  const add = (n = 1) => {
    count += n
    return count
  }
  return { add, get: () => count }
}
export function run() {
  const one = counter()
  const other = counter()
  one.add()
  one.add(5)
  other.add()
  return [one.get(), other.get()]
}
