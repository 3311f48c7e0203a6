//: tags()
//: absent(null)
//: absent(3)
//: kindOf("a")
//: kindOf([1])
//: own()
//: lists()
//: bound()
//: maxima()
//: eachItem()
const asTag = (value: any) => Object.prototype.toString.call(value)

export function tags() {
  const values: any[] = [1, 'a', true, [], {}, new Date(0), /x/, new Map(), new Set(), new Error('e'), () => 1]
  return values.map(asTag).concat(asTag(Promise.resolve(1)), asTag(async () => 1))
}

export function absent(value: any) {
  const isNull = Object.prototype.toString.call(value) === '[object Null]'
  return isNull ? 'nothing' : Object.prototype.toString.call(value) !== '[object Undefined]'
}

export function kindOf(value: any) {
  return Object.prototype.toString.call(value).slice(8, -1).toLowerCase()
}

export function own() {
  const price: any = { a: 1, toString: undefined }
  const has = Object.prototype.hasOwnProperty
  const seen = []
  for (const key in price) {
    if (Object.prototype.hasOwnProperty.call(price, key)) seen.push(key)
  }
  return [seen, {}.hasOwnProperty.call(price, 'b'), has.call(price, 'a')]
}

export function lists() {
  const letters = 'abc'
  const target = [1]
  Array.prototype.push.apply(target, [2, 3])
  return [
    Array.prototype.map.call(letters, (each: any) => each + each),
    [].slice.call([1, 2, 3] as any, 1),
    Array.prototype.concat.apply([], [[1], [2, 3]] as any),
    target,
    Array.prototype.join.call('xyz', '-'),
  ]
}

export function bound() {
  const add = (a: number, b: number, c: number) => a * 100 + b * 10 + c
  const addOne = add.bind(null, 1)
  const addTwo = add.bind(undefined, 1, 2)
  function run(task: (n: number) => number, n: number) {
    return task.call(null, n)
  }
  const load = (id: string) => `loaded ${id}`
  const later = load.bind(null, '7')
  return [addOne(2, 3), addTwo(3), run(n => n + 1, 4), add.apply(null, [4, 5, 6]), later()]
}

export function maxima() {
  const counts = [3, 8, 5]
  return [Math.max.apply(null, counts), Math.min.apply(Math, counts), String.fromCharCode.apply(null, [104, 105])]
}

export function eachItem() {
  const seen: any[] = []
  function each(items: any[], task: (item: any, index: number) => any) {
    for (let index = 0; index < items.length; index++) {
      if (task.call(items[index], items[index], index) === false) break
    }
  }
  each(['a', 'b', 'c'], (item, index) => {
    seen.push(item + index)
    return index < 1
  })
  return seen
}
