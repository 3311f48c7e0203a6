//: url(null)
//: url({"url": "a"})
//: url({})
//: url("")
//: deep({"page": {"title": "x"}})
//: deep({})
//: zero({"count": 0})
//: zero(null)
//: chained(null)
//: chained({"inner": {"a": 1}})
//: called(null)
//: asked()

export const url = (options: any) => (options || {}).url || 'none'

export function deep(options: { page?: { title: string } }) {
  const title = (options.page || ({} as any)).title
  return title === undefined ? 'untitled' : title
}

export const zero = (state: any) => (state ?? {}).count ?? 'nothing'

export const chained = (value: any) => {
  try {
    return (value || {}).inner.a
  } catch {
    return 'raised'
  }
}

export const called = (value: any) => {
  try {
    return (value || {}).run()
  } catch {
    return 'raised'
  }
}

let count = 0
const next = () => {
  count += 1
  return { count }
}

export const asked = () => [((next() as any) || {}).count, count]
