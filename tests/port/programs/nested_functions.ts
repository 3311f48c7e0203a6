//: run(3)
export function run(n: number) {
  let total = 0
  const add = (m: number) => {
    const step = () => { total += m }
    step()
    if (m > 1) add(m - 1)
  }
  add(n)
  function twice() {
    total *= 2
    return inner()
    function inner() { return total }
  }
  return twice()
}
