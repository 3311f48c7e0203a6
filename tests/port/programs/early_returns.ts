//: run(null)
//: run({"items": []})
//: run({"items": [1]})
export function run(data: any) {
  if (!data) return
  const { items } = data
  if (!items.length) {
    return []
  }
  return items
}
