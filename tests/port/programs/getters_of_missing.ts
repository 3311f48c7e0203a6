//: run({"a": {"b": null}})
export function run(value: any) {
  try {
    return value.a.b.c
  } catch (error: any) {
    return [error instanceof TypeError, error.name]
  }
}
