//: run({"a": [1, null], "b": {"c": "x"}})
export function run(value: any) {
  const copy = JSON.parse(JSON.stringify(value))
  copy.b.c = 'changed'
  return [JSON.stringify(value), JSON.stringify(copy, null, 2), JSON.stringify({ list: [undefined], f: () => 1, n: NaN })]
}
