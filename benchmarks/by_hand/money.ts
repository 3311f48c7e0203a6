export function money(cents: number): string {
  const [whole, part] = (Math.abs(cents) / 100).toFixed(2).split('.')
  let grouped = ''
  for (let i = 0; i < whole.length; i++) {
    if (i > 0 && (whole.length - i) % 3 === 0) grouped += ','
    grouped += whole[i]
  }
  return `${cents < 0 ? '-' : ''}${grouped}.${part}`
}

export const pad = (value: number): string => String(value).padStart(2, '0')

export function clock(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${pad(minutes)}:${pad(seconds % 60)}`
}

export function run(): string[] {
  const found: string[] = []
  for (let i = 0; i < 30; i++) {
    found.push(money(i * 123457 - 50), clock(i * 401))
  }
  return found
}
