// Arrays with holes and of a length, what is no constructor, what own fields are asked of.
//: holes()
//: ofLength(3)
//: ofLength("3")
//: ofLength(-1)
//: own("length")
//: own("1")
//: own("x")
//: noConstructor()
//: noFunction()
//: large()

export function holes() {
  const visited: number[] = []
  const list = [1, , 3, ,]
  list.forEach((each, index) => visited.push(index))
  return [list.length, visited, list.join('-'), 1 in list]
}

export function ofLength(size: any) {
  try {
    const made = new Array(size)
    return [made.length, made.join('-')]
  } catch (error) {
    return error instanceof RangeError
  }
}

export function own(key: string) {
  const list = [1, 2]
  return [list.hasOwnProperty(key), 'ab'.hasOwnProperty(key), new Date(0).hasOwnProperty(key), Math.hasOwnProperty('max')]
}

export function noConstructor() {
  const found: boolean[] = []
  for (const make of [() => new (Object.assign as any)({}), () => new (parseInt as any)('1')]) {
    try {
      make()
      found.push(false)
    } catch (error) {
      found.push(error instanceof TypeError)
    }
  }
  return found
}

export function noFunction() {
  try {
    // @ts-expect-error: it wants `new`
    return Map()
  } catch (error) {
    return error instanceof TypeError
  }
}

export function large() {
  return [1e309, String(1000000000000000128), typeof Date(), URIError('far').message]
}
