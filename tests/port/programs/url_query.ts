//: query({"a": 1, "b": "x y", "c": null})
//: parse("a=1&b=x%20y&c")
export function query(params: Record<string, any>) {
  return Object.keys(params)
    .filter((key) => params[key] !== null && params[key] !== undefined)
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(params[key])}`)
    .join('&')
}
export function parse(text: string) {
  const found: Record<string, string> = {}
  text.split('&').forEach((pair) => {
    const [key, value = ''] = pair.split('=')
    found[key] = decodeURIComponent(value)
  })
  return found
}
