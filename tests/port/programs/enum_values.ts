//: run()
//: named("Paid")
//: named("Gone")
//: label(1)
//: label(7)
//: flags(6)
//: told("open")
//: lists()
/** What an order is at. */
export enum Status {
  Open = 'open', // not paid
  Paid = 'paid',
}
enum Level { Low, Mid = 1, High, Top = High }
const enum Access {
  None_ = 0,
  Read = 1 << 0,
  Write = 1 << 1,
  All = Read | Write,
  Low_ = -1,
  Mask = 0xff,
}
const titles: Record<Status, string> = { [Status.Open]: 'Open', [Status.Paid]: 'Paid' }

export function run() {
  const status: Status = Status.Paid
  console.log(status, Level.High, { status, level: Level.Low }, [Status.Open])
  console.log(Status, Level)
  return {
    text: `${status}:${Level.High}`,
    json: JSON.stringify({ status, level: Level.Mid, all: Level }),
    same: (status as string) === 'paid',
    typeof: [typeof status, typeof Level.Low, typeof Status],
    none: Level.Low || 'zero',
    title: titles[status],
    kept: { Status }.Status.Open,
  }
}
export function named(name: keyof typeof Status) {
  return Status[name] === undefined ? 'none' : Status[name]
}
export function label(level: Level): string {
  return Level[level] ?? 'unknown'
}
export const flags = (access: number) => [(access & Access.Write) !== 0, Access.All, Access.Low_, Access.Mask]
export function told(status: Status) {
  switch (status) {
    case Status.Open:
      return Object.values(Status).indexOf(status)
    default:
      return -1
  }
}
export function lists() {
  const found: string[] = []
  for (const key in Level) found.push(key)
  return [Object.keys(Status), Object.entries(Status), found, 'Paid' in Status, Object.values(Level).length]
}
