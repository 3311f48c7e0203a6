//: run(2)
export const add = (a: number) => (b: number) => a + b
export const pipe = (...steps: ((n: number) => number)[]) => (start: number) => steps.reduce((n, step) => step(n), start)
export function run(n: number) {
  return pipe(add(1), add(10), (x) => x * n)(n)
}
