//: run("5", 2)
export function run(a: any, b: any) {
  return [a - b, a * b, a / b, a % b, +a, -a, a + b, b + a, a > b, a < b, `${a}${b}`, a == 5, Number(a) === 5, '' + b]
}
