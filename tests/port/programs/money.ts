//: run([0.1, 0.2, 10])
export const yuan = (cents: number) => (cents / 100).toFixed(2)
export function run(prices: number[]) {
  const sum = prices.reduce((a, b) => a + b, 0)
  return [sum, yuan(1050), `¥${sum.toFixed(2)}`, Math.round(sum * 100), Math.max(...prices), Math.min.apply(null, prices)]
}
