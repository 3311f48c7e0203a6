//: printed("x")
//: thrown("x")
//: marked()
//: seen(null)
//: nested("a", "b")
//: last("a")
//: later("x")
//: named("e")
//: kept("x")
//: chosen(true)
//: chosen(false)
class Closed extends Error {
  shown = false
}

function fail(text: string): never {
  throw new Error(text)
}

export function printed(text: string) {
  try {
    fail(text)
  } catch (error) {
    console.log('failed', error instanceof Error)
    return 'printed'
  }
}

function passing(text: string) {
  try {
    fail(text)
  } catch (error) {
    console.log('passing on')
    throw error
  }
}

export function thrown(text: string) {
  try {
    passing(text)
  } catch (error: any) {
    return error.message
  }
}

function marking() {
  try {
    throw new Closed('closed')
  } catch (error: any) {
    error.shown = true
    throw error
  }
}

export function marked() {
  try {
    marking()
  } catch (error: any) {
    return [error.message, error.shown, error instanceof Closed]
  }
}

function reading(value: any) {
  try {
    return value.name.length
  } catch (error: any) {
    error.seen = 1
    throw error
  }
}

export function seen(value: any) {
  let first = null
  try {
    try {
      reading(value)
    } catch (error) {
      first = error
      throw error
    }
  } catch (error: any) {
    return [error === first, error.seen, error.name]
  }
}

export function nested(first: string, second: string) {
  try {
    try {
      fail(first)
    } catch (outer) {
      try {
        fail(second)
      } catch (inner) {
        throw outer
      }
    }
  } catch (error: any) {
    return error.message
  }
}

export function last(text: string) {
  try {
    try {
      fail(text)
    } catch (error) {
      try {
        fail('other')
      } catch {
        console.log('other')
      } finally {
        throw error
      }
    }
  } catch (error: any) {
    return error.message
  }
}

export async function later(text: string) {
  try {
    await Promise.reject({ text })
  } catch (error) {
    try {
      await Promise.resolve(1)
      throw error
    } catch (again: any) {
      return again === error ? again.text : 'another'
    }
  }
}

export function named(e: string) {
  try {
    fail(e)
  } catch (e) {
    console.log('caught', typeof e)
  }
  try {
    fail('second')
  } catch (e) {
    console.log('caught again', typeof e)
  }
  return e
}

export function kept(text: string) {
  let tell: () => string = () => "";
  try {
    fail(text)
  } catch (error: any) {
    tell = () => error.message
    console.log('kept')
  }
  return tell()
}

export function chosen(again: boolean) {
  try {
    try {
      throw { code: 7 }
    } catch (error) {
      if (again) throw error
      console.log('not again', error)
    }
    return 0
  } catch (error: any) {
    return error.code
  }
}
