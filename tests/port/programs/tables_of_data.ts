//: run("tea")
//: change()
//: order()
const SHOP = {
  name: 'Tearoom by the river, open every day of the week',
  tea: { price: 3.5, tags: ['hot', 'green'], sizes: [{ ml: 200 }, { ml: 400 }] },
  cake: { price: 4, tags: [], note: null, label: (count: number) => `${count} pieces` },
  'opening-hours': [[9, 12], [13, 18]]
}

export function run(key: 'tea') {
  const item: any = SHOP[key]
  const [first] = SHOP['opening-hours']
  return [item.price, item.tags.length, item.sizes[1].ml, item.missing === undefined, item.sizes[5] === undefined,
    SHOP.cake.label(3), first[1], SHOP.cake.tags.includes('hot'), JSON.stringify(SHOP)]
}

export function change() {
  const inner = { kept: true }
  const whole: any = { title: 'a long literal that does not fit on one line of code', inner, list: [inner, { other: 1 }], deep: { list: [1, 2] } }
  whole.inner.kept = false
  whole.deep.list.push(3)
  whole.deep.added = [whole.list.length]
  return [inner.kept, whole.list[0] === inner, whole.list[0].kept, whole.deep, Object.keys(whole.deep)]
}

export function order() {
  const numbered = { b: 'letters after numbers, however the literal has them in its lines', 10: { ten: true }, 2: [1], a: { one: 1 } }
  const spread = { ...numbered, more: { items: ['a field that has the name of a method of dicts'], keys: 1, length: 2 } }
  return [Object.keys(numbered), spread.more.items, spread.more.keys, Object.keys(spread).length]
}
