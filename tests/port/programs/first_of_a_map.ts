//: firsts()
//: least_recent(3)
//: of_nothing()
//: with_default()
export function firsts() {
  const map = new Map<any, number>([[true, 1], [1, 2], ['1', 3]])
  const [key] = map.keys()
  const [value] = map.values()
  const [pair] = map.entries()
  const [item] = new Set(['a', 'b']).values()
  return [key, value, pair, item]
}

export function least_recent(most: number) {
  const kept = new Map<string, number>()
  const gone: string[] = []
  for (let i = 0; i < 9; i++) {
    const key = `k${(i * 5) % 7}`
    kept.delete(key)
    if (kept.size >= most) {
      const [oldest] = kept.keys()
      kept.delete(oldest)
      gone.push(oldest)
    }
    kept.set(key, i)
  }
  return [gone, [...kept.keys()], [...kept.values()]]
}

export function of_nothing() {
  const [key] = new Map<string, number>().keys()
  return key === undefined
}

export function with_default() {
  const [key = 'none'] = new Map<string, number>().keys()
  const [first, second] = new Set([1]).values()
  return [key, first, second === undefined]
}
