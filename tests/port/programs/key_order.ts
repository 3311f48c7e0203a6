//: keys()
export function keys() {
  const o: any = { b: 1, 2: 'x', a: 3, 1: 'y' }
  o.c = 1
  o['0'] = 0
  const seen: string[] = []
  for (const key in o) seen.push(key)
  return [Object.keys(o), seen, Object.entries(o).length]
}
