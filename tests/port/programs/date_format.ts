//: format("2024-03-05T08:09:07", "YYYY-MM-DD hh:mm:ss")
const two = (n: number) => String(n).padStart(2, '0')
export function format(text: string, pattern: string) {
  const date = new Date(text)
  const parts: Record<string, string> = {
    YYYY: String(date.getFullYear()), MM: two(date.getMonth() + 1), DD: two(date.getDate()), hh: two(date.getHours()),
    mm: two(date.getMinutes()), ss: two(date.getSeconds()),
  }
  return Object.keys(parts).reduce((text, key) => text.replace(key, parts[key]), pattern)
}
