//: read({"user": {"name": "Ada", "tags": ["x"]}})
//: read({"user": null})
//: read({})
//: read(null)
export function read(value: any) {
  const name = value?.user?.name
  const tag = value?.user?.tags?.[0]
  const upper = value?.user?.name.toUpperCase()
  return [name ?? null, tag ?? null, upper ?? null]
}
