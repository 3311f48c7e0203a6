//: keys()
//: instances()
//: marks()
//: ofMaps()
//: inTexts()
const DAY = Symbol('day')
const NIGHT = Symbol('night')
const themes: any = { [DAY]: { primary: '#fff' }, [NIGHT]: { primary: '#000' }, name: 'plain', items: [1] }

// A field by a symbol is read and written as any other; lists of the fields do not have it.
export function keys() {
  const copy: any = { ...themes, extra: 1 }
  delete copy[NIGHT]
  const { name, ...others } = copy
  const seen: string[] = []
  for (const key in copy) seen.push(key)
  return [
    themes[DAY].primary, Object.keys(themes), Object.values(themes).length, Object.entries(copy).length,
    JSON.stringify(themes), JSON.stringify(themes, null, 1), DAY in copy, NIGHT in copy, copy.hasOwnProperty(DAY), seen,
    copy[DAY] === themes[DAY], Object.assign({}, themes)[NIGHT].primary, name, Object.keys(others), others[DAY].primary, themes.items.length,
  ]
}

const OPENED = Symbol('opened')

class Drawer {
  [key: symbol]: any
  label = 'left'
  constructor() {
    this[OPENED] = 0
  }
  open() {
    this[OPENED] += 1
    return this[OPENED]
  }
}

export function instances() {
  const drawer = new Drawer()
  drawer.open()
  const copy: any = { ...drawer }
  return [
    drawer.open(), Object.keys(drawer), Object.values(drawer), JSON.stringify(drawer), JSON.stringify({ drawer }, null, 1),
    copy[OPENED], Object.keys(copy), drawer.hasOwnProperty(OPENED), OPENED in drawer,
  ]
}

export function marks() {
  const skip = Symbol()
  const kept = [1, skip, 3].filter((each) => each !== skip)
  return [
    kept, typeof DAY, DAY.toString(), DAY.description, skip.description, Symbol.for('a') === Symbol.for('a'),
    Symbol('a') === Symbol('a'), Symbol.keyFor(Symbol.for('b')), JSON.stringify({ a: DAY, b: [DAY] }), DAY ? 1 : 2,
  ]
}

const prices = new Map<symbol, number>([[DAY, 12], [NIGHT, 20]])

export function ofMaps() {
  const served: { [id: string]: symbol } = { tea: DAY, bar: NIGHT }
  const switched = (mark: symbol) => {
    switch (mark) {
      case DAY:
        return 'day'
      case NIGHT:
        return 'night'
      default:
        return 'never'
    }
  }
  return [prices.get(DAY), prices.has(Symbol('day')), new Set([DAY, DAY, NIGHT]).size, switched(served.bar), switched(Symbol())]
}

export function inTexts() {
  const said: string[] = []
  try {
    said.push(`${DAY as any}`)
  } catch (error) {
    said.push((error as Error).message)
  }
  try {
    said.push(String((DAY as any) * 2))
  } catch (error) {
    said.push((error as Error).message)
  }
  return said
}
