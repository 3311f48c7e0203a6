//: named()
//: matched("order 17 of 20")
export function named() {
  const list = [1, 2]
  const before = [(list as any).count, (list as any).index, (list as any)['copy'], (list as any)?.insert].map((each) => each === undefined)
  const items = [3, 4] as any[] & { count?: number }
  items.count = 5
  return [before, items.count, items['count'], items.length, (items as any).append === undefined]
}

export function matched(text: string) {
  const found = text.match(/(\d+) of (?<all>\d+)/)
  const places = [...text.matchAll(/\d+/g)].map((each) => each.index)
  const rule = /o/g
  const seen: number[] = []
  let match
  while ((match = rule.exec(text))) seen.push(match.index)
  return [found!.index, found!['index'], found!.groups!.all, places, seen, /x/.exec(text)?.index ?? -1]
}
