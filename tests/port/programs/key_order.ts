//: keys()
//: written("size")
export function keys() {
  const o: any = { b: 1, 2: 'x', a: 3, 1: 'y' }
  o.c = 1
  o['0'] = 0
  const seen: string[] = []
  for (const key in o) seen.push(key)
  return [Object.keys(o), seen, Object.entries(o).length]
}

export function written(key: string) {
  const one: any = { a: 1, [key]: 2, get b() { return 3 }, c: 4 }
  const first: any = { get b() { return this.c + 1 }, [key]: 2, c: 1, 7: 'seven' }
  const others = { b: 2, c: 3 }
  const twice = { b: 1, a: 0, ...others, b: 5 } as any
  return [Object.keys(one), JSON.stringify(first), { ...first }, twice]
}
