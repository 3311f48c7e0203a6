//: columns([0, 0, 0])
//: columns([1, 1, 0])
//: moved([1, 1, 1], 0, 0)
//: moved([1, 1, 1], 1, 0)
//: named("110105")
//: named("330106")
//: named("999999")
//: searched("west")
//: searched("")
//: parsed("Zhejiang Hangzhou West Lake District 12 Tea Street, Ada, 138-0013-8000")
//: parsed("nowhere at all")
//: grouped()
// The data of a region picker: three columns that depend on each other, codes with their names, and pasted addresses.

interface Region {
  code: string
  name: string
  children?: Region[]
}

const DATA: Record<string, Record<string, string>> = {
  '000000': { 110000: 'Beijing', 330000: 'Zhejiang' },
  110000: { 110100: 'Beijing' },
  110100: { 110101: 'Dongcheng District', 110105: 'Chaoyang District' },
  330000: { 330100: 'Hangzhou', 330200: 'Ningbo' },
  330100: { 330106: 'West Lake District', 330108: 'Binjiang District' },
  330200: { 330203: 'Haishu District' },
}

const ROOT = '000000'
const LEVELS = ['province', 'city', 'district'] as const
type Level = (typeof LEVELS)[number]
type Address = { [level in Level]?: string } & { detail: string; name?: string; phone?: string }

function build(code: string): Region[] {
  const names = DATA[code]
  if (!names) return []
  return Object.keys(names).map((key) => {
    const children = build(key)
    return children.length ? { code: key, name: names[key], children } : { code: key, name: names[key] }
  })
}

let cached: Region[] | undefined
/** The tree, made when it is first asked for. */
export const tree = (): Region[] => (cached ??= build(ROOT))

/** The options of each column where these are chosen. */
function optionsOf(chosen: number[]): Region[][] {
  const found: Region[][] = []
  let list: Region[] | undefined = tree()
  for (const index of chosen) {
    if (!list) break
    found.push(list)
    list = list[index]?.children
  }
  return found
}

export function columns(chosen: number[]) {
  return optionsOf(chosen).map((list, level) => ({
    level: LEVELS[level],
    names: list.map(({ name }) => name),
    chosen: list[chosen[level]]?.name,
  }))
}

/** What is chosen after one column was moved: those behind it begin anew. */
export function moved(chosen: number[], column: number, value: number) {
  const next = chosen.map((index, at) => (at < column ? index : at === column ? value : 0))
  const options = optionsOf(next)
  const codes = next.map((index, at) => options[at]?.[index]?.code ?? null)
  return { next, code: codes[codes.length - 1], codes }
}

/** The regions from the province down to this one; none if there is no such code. */
export function pathTo(code: string, list: Region[] = tree()): Region[] {
  for (const region of list) {
    if (region.code === code) return [region]
    if (region.children) {
      const rest = pathTo(code, region.children)
      if (rest.length > 0) return [region, ...rest]
    }
  }
  return []
}

export function named(code: string) {
  const path = pathTo(code)
  // a city that is its own province is named once
  const names = path.map((each) => each.name).filter((name, index, all) => name !== all[index - 1])
  const levels: Record<string, string> = {}
  path.forEach(({ name }, index) => {
    levels[LEVELS[index]] = name
  })
  return { text: names.join(' ') || 'unknown', levels, depth: path.length }
}

function flat(list: Region[], above: string[] = []): Array<{ code: string; full: string }> {
  return list.flatMap(({ code, name, children = [] }) => {
    const path = above.concat(name)
    return [{ code, full: path.join(' / ') }, ...flat(children, path)]
  })
}

export function searched(text: string) {
  const wanted = text.trim().toLowerCase()
  if (!wanted) return []
  return flat(tree())
    .filter(({ full }) => full.toLowerCase().includes(wanted))
    .sort((a, b) => a.full.length - b.full.length || a.full.localeCompare(b.full))
    .slice(0, 3)
}

const PHONE = /(1\d{2})[- ]?(\d{4})[- ]?(\d{4})/

/** Takes apart what a person has pasted. */
export function parsed(text: string): Address {
  let left = text
  const address: Address = { detail: '' }
  const phone = PHONE.exec(left)
  if (phone) {
    address.phone = phone.slice(1).join('')
    left = left.replace(phone[0], '')
  }
  let list: Region[] | undefined = tree()
  for (let level = 0; level < LEVELS.length && list; level++) {
    const region: Region | undefined = list.find((each) => left.includes(each.name))
    if (!region) break
    address[LEVELS[level]] = region.name
    left = left.replace(region.name, '')
    list = region.children
  }
  const [detail, name] = left.split(',').map((part) => part.trim()).filter((part) => part !== '')
  address.detail = detail ?? ''
  if (name) address.name = name
  return address
}

/** All districts by the first letter of their names. */
export function grouped() {
  const groups = new Map<string, string[]>()
  for (const { full } of flat(tree()).filter((each) => each.full.split(' / ').length === 3)) {
    const name = full.substring(full.lastIndexOf('/') + 2)
    const letter = name[0].toUpperCase()
    if (!groups.has(letter)) groups.set(letter, [])
    groups.get(letter)!.push(name)
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
