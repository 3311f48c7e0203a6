//: returned()
//: given(2)
//: arrow()
function Timer() {
  // @ts-ignore
  this.ticks = 0
}

Timer.prototype.tick = function () {
  return (this.ticks += 1), (this.last = `tick ${this.ticks}`), this
}

export const returned = () => {
  const timer = new (Timer as any)().tick().tick()
  return [timer.ticks, timer.last]
}

export function given(count: number) {
  const seen: number[] = []
  const put = (n: number) => (seen.push(n), seen.push(n * 2), seen.length)
  return put(count), put(count + 1), seen
}

export function arrow() {
  let done = false
  const end = () => ((done = true), 'ended')
  return [end(), done]
}
