//: run()
export function run() {
  const ages = new Map<string, number>([['a', 1]])
  ages.set('b', 2)
  const seen = new Set([1, 1, 2])
  const found: any[] = []
  ages.forEach((value, key) => found.push(key + value))
  for (const [key, value] of ages) found.push([key, value])
  return [found, ages.size, ages.has('a'), ages.get('z') ?? null, [...seen], seen.has(2), Array.from(ages.keys())]
}
