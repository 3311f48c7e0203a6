export function stringify(query: Record<string, any>): string {
  return Object.keys(query)
    .filter((key) => query[key] !== undefined && query[key] !== null)
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(query[key])}`)
    .join('&')
}

export function parse(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const part of text.split('&')) {
    const [key, value = ''] = part.split('=')
    if (key) found[decodeURIComponent(key)] = decodeURIComponent(value)
  }
  return found
}

export function run(): string[] {
  const query = { page: 2, size: 20, q: 'green tea', sort: 'price,name', none: null, on: true }
  const found: string[] = []
  for (let i = 0; i < 5; i++) {
    const text = stringify({ ...query, i })
    found.push(text, parse(text).q)
  }
  return found
}
