// What runs when: several expressions in one, defaults, chains that end early, counting.
//: inOne(3)
//: defaults(null)
//: defaults({"a": null, "b": 0})
//: defaults({"a": 1, "b": ""})
//: emptied({})
//: emptied({"list": [1], "data": {"a": 1}})
//: ended(null)
//: ended({"list": [5, 6]})
//: counted("4")
//: counted(1.5)
//: counted("x")
//: emptyPattern(null)
//: emptyPattern({"a": 1})
//: emptyList(null)
//: emptyList(true)
//: emptyList([1])
//: thrown(null)
//: thrown("text")
//: declaredAgain([1, 2])
//: constant()
//: atOnce()
//: labelled(2)
//: labelled(5)
//: constantOfList()

let calls = 0
const called = (value: any) => {
  calls++
  return value
}

export function inOne(n: number) {
  calls = 0
  const last = (called(1), called(2), n + 1)
  return [last, calls]
}

export function defaults(given: any) {
  calls = 0
  try {
    const { a = called('a'), b = called('b') } = given
    return [a, b, calls]
  } catch (error) {
    return [error instanceof TypeError, calls]
  }
}

export function emptied(given: any) {
  const { list = [], data = {} } = given
  return [list, data]
}

export function ended(given: any) {
  let n = 0
  const item = given?.list[n++]
  const other = given?.[(n += 1)]
  return [item, other, n]
}

export function counted(value: any) {
  let n = value
  const before = n++
  const after = ++n
  return [before, after, n]
}

export function emptyPattern(value: any) {
  try {
    const {} = value
    return 'taken'
  } catch (error) {
    return error instanceof TypeError
  }
}

export function emptyList(value: any) {
  try {
    const [] = value
    return 'taken'
  } catch (error) {
    return error instanceof TypeError
  }
}

export function thrown(value: any) {
  try {
    if (value === null) throw null
    throw value
  } catch (error) {
    return [error, calls >= 0]
  }
}

export function declaredAgain(items: number[]) {
  const found = []
  for (var item of items) {
    var item: number
    found.push(item)
  }
  return found
}

export function constant() {
  const limit = 1
  try {
    // @ts-expect-error: it is a constant
    limit = 2
    return 'set'
  } catch (error) {
    return [error instanceof TypeError, limit]
  }
}

export function atOnce() {
  return (function (a?: number, b?: number) {
    return [a, b]
  })(1)
}

export function labelled(n: number) {
  unused: for (let i = 0; i < n; i++) {
    if (i === 2) return i
  }
  return -1
}

export function constantOfList() {
  const [first] = [1]
  try {
    // @ts-expect-error: it is a constant
    ;[first] = [2]
    return 'set'
  } catch (error) {
    return [error instanceof TypeError, first]
  }
}
