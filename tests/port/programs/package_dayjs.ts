// What pages show of times: formats, ranges, what is left until then.
//: shown("2024-02-29 08:05:09")
//: shown("2024/2/9")
//: shown("nonsense")
//: range("2024-01-31", 1)
//: open("2024-05-01", "2024-05-31", "2024-05-31 10:00")
//: left("2024-05-01 10:00:00", "2024-05-03 12:30:15")
//: calendar("2024-02-10")
//: read("03.04.2024")
//: chinese("2024-02-29 15:04")
import dayjs, { Dayjs } from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat'
import duration from 'dayjs/plugin/duration'
import isBetween from 'dayjs/plugin/isBetween'
import 'dayjs/locale/zh-cn'

dayjs.extend(isBetween)
dayjs.extend(duration)
dayjs.extend(customParseFormat)

const FORMAT = 'YYYY-MM-DD HH:mm:ss'

export function shown(text: string) {
  const day: Dayjs = dayjs(text)
  return [day.format(FORMAT), day.format('M月D日 dddd'), day.isValid(), day.year(), day.month() + 1]
}

export function range(start: string, months: number) {
  const first = dayjs(start)
  const last = first.add(months, 'month')
  return [last.format('YYYY-MM-DD'), last.diff(first, 'day'), first.isBefore(last), last.subtract(1, 'week').format('MM/DD')]
}

export function open(from: string, to: string, at: string) {
  return dayjs(at).isBetween(from, dayjs(to).endOf('day'), null, '[]')
}

export function left(now: string, end: string) {
  const time = dayjs.duration(dayjs(end).diff(dayjs(now)))
  return `${time.days()}d ${time.format('HH:mm:ss')}`
}

export function calendar(text: string) {
  const first = dayjs(text).startOf('month')
  const days = first.daysInMonth()
  return Array.from({ length: days }, (_, i) => first.add(i, 'day')).filter(d => d.day() === 0).map(d => d.date())
}

export function read(text: string) {
  return dayjs(text, 'DD.MM.YYYY').toISOString()
}

export function chinese(text: string) {
  return dayjs(text).locale('zh-cn').format('MMMMDo dddd A h:mm')
}
