//: letters()
//: vars()
//: consts([1, 2])
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
