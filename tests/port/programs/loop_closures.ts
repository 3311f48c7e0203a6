//: letters()
//: vars()
//: consts([1, 2])
//: changedBefore(["a", "b"])
export function letters() {
  const made: (() => number)[] = []
  for (let i = 0; i < 3; i++) {
    made.push(() => i)
  }
  return made.map((each) => each())
}
export function vars() {
  const made: (() => number)[] = []
  for (var i = 0; i < 3; i++) {
    made.push(() => i)
  }
  return made.map((each) => each())
}
export function consts(values: number[]) {
  const made: (() => number)[] = []
  for (const value of values) {
    const double = value * 2
    made.push(() => {
      const more = double + value
      return more
    })
  }
  return made.map((each) => each())
}
export function changedBefore(words: string[]) {
  const made: (() => string)[] = []
  for (let word of words) {
    word = word + '!'
    made.push(() => word)
  }
  for (let i = 0, left = 9; i < left; i += 2, left--) {
    i++
    made.push(() => `${i} ${left}`)
  }
  return made.map((each) => each())
}
