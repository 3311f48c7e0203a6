//: run(5)
export function run(limit: number) {
  const found: any[] = []
  for (let i = 0; i < limit; i++) {
    if (i === 1) continue
    if (i > 3) break
    found.push(i)
  }
  let n = 3
  while (n > 0) {
    n--
    if (n === 1) continue
    found.push('w' + n)
  }
  do {
    n += 2
    if (n === 4) continue
    found.push('d' + n)
  } while (n < 6)
  for (let i = 10, j = 0; i > j; i -= 3, j++) found.push([i, j])
  return found
}
