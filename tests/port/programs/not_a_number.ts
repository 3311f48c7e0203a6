//: run("x")
export function run(text: string) {
  const n = parseInt(text)
  return [n === n, isNaN(n), n || 'none', n ? 'yes' : 'no', n > 0, !n, Number.isNaN(n), n ?? 'null', !!n]
}
