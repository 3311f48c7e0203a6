//: said("en", "cart.items", {"count": 1})
//: said("en", "cart.items", {"count": 3})
//: said("zh", "cart.items", {"count": 3})
//: said("de", "hello", {"name": "Ada"})
//: said("en", "nothing.there")
//: said("en", "hello")
//: said("zh", "cart")
//: switching()
//: missing()
//: languages(["zh_CN", "zh-Hant", "en_US", "EN", "fr", "", null])
//: highlighted("green tea, Green cake", "green")
//: highlighted("a+b (c)", "+b (")
//: truncated("A rather long title of a tea", 12)
//: truncated("short", 12)
// Texts in several languages: nested tables, values that are put in, plurals, and what is taken where a text is missing.

type Table = { [key: string]: string | Table }
type Values = Record<string, string | number>

const TABLES: Record<string, Table> = {
  en: {
    hello: 'Hello, {name}!',
    cart: {
      title: 'Cart',
      items: '{count} tea|{count} teas',
      empty: 'Nothing here yet',
    },
    order: { paid: 'Paid {amount} on {date}' },
  },
  zh: {
    hello: '你好，{name}！',
    cart: { title: '购物车', items: '{count} 种茶' },
  },
}

const FALLBACK = 'en'

/** The language of ours that is meant by a phone's: `zh_CN`, `en-US`. */
export function languageOf(given: string | null | undefined): string {
  const [language] = (given || '').toLowerCase().split(/[-_]/)
  return language in TABLES ? language : FALLBACK
}

function lookUp(table: Table | undefined, key: string): string | undefined {
  let found: string | Table | undefined = table
  for (const part of key.split('.')) {
    if (found === undefined || typeof found === 'string') return undefined
    found = found[part]
  }
  return typeof found === 'string' ? found : undefined
}

export class Texts {
  private listeners: ((language: string) => void)[] = []
  readonly missed = new Set<string>()

  constructor(private language: string = FALLBACK) {}

  get current() {
    return this.language
  }

  set current(language: string) {
    const next = languageOf(language)
    if (next === this.language) return
    this.language = next
    this.listeners.forEach((listener) => listener(next))
  }

  onChange(listener: (language: string) => void) {
    this.listeners.push(listener)
    return { off: () => void this.listeners.splice(this.listeners.indexOf(listener), 1) }
  }

  /** The text of a key. Without one in this language it is the fallback's, and without that the key. */
  t = (key: string, values: Values = {}): string => {
    const own = lookUp(TABLES[this.language], key)
    if (own === undefined) this.missed.add(`${this.language}:${key}`)
    const text = own ?? lookUp(TABLES[FALLBACK], key) ?? key
    return fill(plural(text, values.count), values)
  }
}

/** One of `one|many`, by how many there are. */
function plural(text: string, count: string | number | undefined): string {
  const forms = text.split('|')
  if (forms.length === 1 || count === undefined) return forms[0]
  return Number(count) === 1 ? forms[0] : forms[forms.length - 1]
}

const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? `${values[name]}` : whole))

export function said(language: string, key: string, values?: Values) {
  const { t } = new Texts(languageOf(language))
  return t(key, values)
}

export function switching() {
  const texts = new Texts()
  const seen: string[] = []
  const { off } = texts.onChange((language) => seen.push(`${language}: ${texts.t('cart.title')}`))
  texts.current = 'zh_TW'
  texts.current = 'zh'
  texts.current = 'fr'
  off()
  texts.current = 'zh'
  return [seen, texts.current]
}

export function missing() {
  const texts = new Texts('zh')
  const all = ['cart.empty', 'cart.title', 'cart.empty', 'order.paid', 'x.y.z'].map((key) => texts.t(key, { amount: 5 }))
  return [all, [...texts.missed], texts.missed.size]
}

export const languages = (given: Array<string | null>) => given.map(languageOf)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A text cut into parts, of which those that were searched for are marked. */
export function highlighted(text: string, search: string) {
  const parts: { text: string; hit: boolean }[] = []
  const expression = new RegExp(escaped(search), 'gi')
  let from = 0
  let match: RegExpExecArray | null
  while ((match = expression.exec(text)) !== null) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), hit: false })
    parts.push({ text: match[0], hit: true })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false })
  return parts
}

/** At most so many letters, cut between words where that loses little. */
export function truncated(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most)
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
