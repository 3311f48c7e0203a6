//: kinds()
//: selected()
//: found(1)
//: found(3)
//: parts("12:30")
//: parts("12")
//: queried({"size": null})
//: queried({"page": "2", "size": "10"})
//: lists()
//: filtered(["1", "x", "", "0", "2a"])
let selection: string | null = null

export function kinds() {
  const nothing = null
  const missing = undefined
  return [typeof null, typeof undefined, typeof nothing, typeof missing, `${nothing} ${missing}`, typeof (nothing ?? 1)]
}

export function selected() {
  const before = typeof selection
  selection = 'a'
  const after = typeof selection
  selection = null
  return [before, after, typeof selection === 'object', typeof selection === 'undefined', '' + selection]
}

function name(id: number): string | null {
  return id > 2 ? 'three' : null
}

export function found(id: number) {
  const other = id > 2 ? 'more' : null
  const none = id > 2 ? 'more' : undefined
  return [typeof name(id), String(name(id)), typeof other, String(other), typeof none, String(none), Number(name(id))]
}

export function parts(time: string) {
  const texts = time.split(':')
  const minutes = Number(texts[1])
  return [isNaN(minutes), minutes || 0, isNaN(Number(texts[5])), encodeURIComponent(texts[1]), +texts[1] > 29, Number(texts[0])]
}

interface Query {
  page?: string
  size: string | null
}

export function queried(query: Query) {
  const { page, size } = query
  return [Number(query.page), Number(query.size), isNaN(query.page as any), String(query.size), new Date(query.page as string).getTime() > 0, [page].map(Number), [size].map(Number)]
}

export function lists() {
  const some: (string | undefined)[] = ['1', undefined]
  const nulls: (string | null)[] = ['1', null]
  return [some.map(String), some.map(Number), nulls.map(String), nulls.map(Number), some.filter(Boolean), Array.from(some, Number), ['5', '10'].map(Number)]
}

export function filtered(texts: string[]) {
  return [texts.filter(Number), texts.filter((each) => parseInt(each)), texts.some((each) => +each > 5 || +each - 3), texts.find((each) => parseFloat(each) * 1), texts.every(Number)]
}
