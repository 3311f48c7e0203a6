const two = (value: number): string => (value < 10 ? '0' + value : String(value))

export function format(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export function nights(from: string, count: number): string[] {
  const found: string[] = []
  const date = new Date(from)
  for (let i = 0; i < count; i++) {
    found.push(format(date))
    date.setDate(date.getDate() + 1)
  }
  return found
}

export function run(): string[] {
  return nights('2024-02-20T12:00:00', 15)
}
