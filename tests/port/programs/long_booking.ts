//: month(2024, 2)
//: month(2023, 10)
//: nights("2024-02-27", "2024-03-02")
//: nights("2024-03-02", "2024-02-27")
//: free("2024-05-01", "2024-05-05", [["2024-04-28", "2024-05-01"], ["2024-05-05", "2024-05-09"]])
//: free("2024-05-01", "2024-05-05", [["2024-05-03", "2024-05-04"]])
//: picking(["2024-06-10", "2024-06-14"])
//: picking(["2024-06-10", "2024-06-07", "2024-06-09"])
//: picking(["2024-06-01"])
//: prices("2024-07-04", "2024-07-08")
//: slots("09:00", "12:30", 45, [["10:00", "10:30"]])
//: ago([5000, 65000, 7300000, 90000000, 260000000, 9000000000])
// Days of a booking: a month as a calendar has it, ranges that may not meet, prices by the day, and hours of a day.

const DAY = 24 * 60 * 60 * 1000

interface Day {
  date: string
  day: number
  isOther: boolean
  isWeekend: boolean
}

type Range = [string, string]

const two = (value: number): string => (value < 10 ? '0' + value : '' + value)

/** A day as `2024-02-09`. */
export function format(date: Date, pattern = 'YYYY-MM-DD'): string {
  return pattern
    .replace('YYYY', String(date.getFullYear()))
    .replace('MM', two(date.getMonth() + 1))
    .replace('DD', two(date.getDate()))
    .replace('HH', two(date.getHours()))
    .replace('mm', two(date.getMinutes()))
}

/** `2024-2-9` too; phones of one kind do not read dashes, so it is slashes that are read. */
export function parse(text: string): Date {
  const date = new Date(text.replace(/-/g, '/'))
  if (isNaN(date.getTime())) throw new RangeError(`${text} is no day`)
  return date
}

export const addDays = (text: string, count: number): string => {
  const date = parse(text)
  date.setDate(date.getDate() + count)
  return format(date)
}

const between = (from: string, to: string): number => Math.round((parse(to).getTime() - parse(from).getTime()) / DAY)

/** The weeks of a month, Monday first, filled up with days of the months around. */
export function weeksOf(year: number, month: number): Day[][] {
  const first = new Date(year, month - 1, 1)
  const lead = (first.getDay() + 6) % 7
  const count = new Date(year, month, 0).getDate()
  const total = Math.ceil((lead + count) / 7) * 7
  const weeks: Day[][] = []
  for (let i = 0; i < total; i++) {
    const date = new Date(year, month - 1, 1 - lead + i)
    if (i % 7 === 0) weeks.push([])
    weeks[weeks.length - 1].push({
      date: format(date),
      day: date.getDate(),
      isOther: date.getMonth() !== month - 1,
      isWeekend: [0, 6].includes(date.getDay()),
    })
  }
  return weeks
}

export function month(year: number, number: number) {
  const weeks = weeksOf(year, number)
  const last = weeks[weeks.length - 1]
  return {
    weeks: weeks.length,
    first: weeks[0][0],
    last: last[last.length - 1].date,
    weekends: weeks.map((week) => week.filter((each) => each.isWeekend && !each.isOther).map((each) => each.day)),
  }
}

export function nights(from: string, to: string): string[] {
  const count = between(from, to)
  return count > 0 ? Array.from({ length: count }, (_, index) => addDays(from, index)) : []
}

/** Whether two stays share a night; one may begin on the day that the other ends. */
export const overlaps = ([from, to]: Range, [otherFrom, otherTo]: Range): boolean => from < otherTo && otherFrom < to

export const free = (from: string, to: string, taken: Range[]) => !taken.some((each) => overlaps([from, to], each))

export class Picker {
  from: string | null = null
  to: string | null = null

  constructor(private readonly min: string, private readonly isTaken: (day: string) => boolean) {}

  /** Picks a day: first the beginning, then the end; another one begins anew. */
  pick(day: string): string {
    if (day < this.min || this.isTaken(day)) return 'no'
    const { from, to } = this
    if (!from || to || day <= from) {
      this.from = day
      this.to = null
      return 'from'
    }
    if (nights(from, day).some(this.isTaken)) return 'taken between'
    this.to = day
    return 'to'
  }

  get text(): string {
    if (!this.from) return ''
    const short = (day: string) => format(parse(day), 'MM/DD')
    return this.to ? `${short(this.from)} - ${short(this.to)}, ${between(this.from, this.to)} nights` : `${short(this.from)} -`
  }
}

export function picking(days: string[]) {
  const picker = new Picker('2024-06-05', (day) => day === '2024-06-12')
  return [days.map((day) => picker.pick(day)), picker.from, picker.to, picker.text]
}

const SPECIAL: Record<string, number> = { '2024-07-06': 25000 }

export function prices(from: string, to: string) {
  const days = nights(from, to).map((date) => {
    const weekday = parse(date).getDay()
    const price = SPECIAL[date] ?? (weekday === 5 || weekday === 6 ? 18000 : 12000)
    return { date, price }
  })
  const sum = days.reduce((total, { price }) => total + price, 0)
  return { days, sum, average: days.length ? +(sum / days.length / 100).toFixed(2) : 0 }
}

const minutes = (text: string): number => {
  const [hours, rest] = text.split(':').map(Number)
  return hours * 60 + rest
}

const clock = (value: number): string => `${two(Math.floor(value / 60))}:${two(value % 60)}`

/** The times of a day at which something of this length can begin. */
export function slots(open: string, close: string, length: number, taken: Range[] = []): string[] {
  const found: string[] = []
  for (let at = minutes(open); at + length <= minutes(close); at += 30) {
    const end = at + length
    if (taken.every(([from, to]) => end <= minutes(from) || at >= minutes(to))) found.push(`${clock(at)}-${clock(end)}`)
  }
  return found
}

export function ago(spans: number[]) {
  const now = Date.UTC(2024, 5, 15, 12)
  return spans.map((span) => {
    const date = new Date(now - span)
    if (span < 60000) return 'just now'
    if (span < 3600000) return `${Math.floor(span / 60000)} min`
    if (span < DAY) return `${Math.floor(span / 3600000)} h`
    if (span < 2 * DAY) return `yesterday ${format(date, 'HH:mm')}`
    return span < 7 * DAY ? `${Math.floor(span / DAY)} days` : format(date, 'YYYY/MM/DD HH:mm')
  })
}
