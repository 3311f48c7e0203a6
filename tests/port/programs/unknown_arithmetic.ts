//: count({"price": 12.5, "count": 3})
//: texts("5", "3")
//: whole([4, 8, 10])
//: order(3, [1, 2, 3, 4, 5])
function fee(line) {
  return line.price - 1
}

export function count(line) {
  const more = line.count + 1
  let left = line.price
  left -= 2
  left += more
  return [fee(line), more, line.price / 2, line.price * 0.5, line.count > 2, 2 <= line.count, left, `${line.price * 2} ${line.count / 3}`]
}

export function texts(a: any, b: any) {
  return [a - b, a * b, a / 2, a % 2, a + b, a + 1, 1 + b, a > 4, a < 10]
}

export function whole(values: any) {
  return values.map((value: any) => `${value / 2}`).concat(values.map((value: any, index: any) => `${value - index}`))
}

export function order(limit, values) {
  return values.filter((value, index) => value >= limit && index !== 3)
}
