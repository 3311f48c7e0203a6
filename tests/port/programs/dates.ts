//: run("2024-01-31T10:20:30.000Z")
//: pad(5)
export function run(text: string) {
  const date = new Date(text)
  const next = new Date(date.getTime() + 86400000)
  return [date.toISOString(), next.getTime() - date.getTime(), date < next, next > date, date.getUTCFullYear()]
}
export const pad = (n: number) => (n < 10 ? `0${n}` : `${n}`).padStart(3, '0')
