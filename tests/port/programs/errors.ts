//: safe("{\"a\": 1}")
//: safe("{")
//: thrown(1)
//: thrown(2)
//: thrown(3)
//: order()
export function safe(text: string) {
  try {
    return JSON.parse(text).a
  } catch (err) {
    return err instanceof SyntaxError ? 'syntax' : 'other'
  }
}
export function thrown(kind: number) {
  if (kind === 1) throw new Error('first')
  if (kind === 2) throw { code: 2 }
  throw 'text'
}
export function order() {
  const log: string[] = []
  const inner = () => {
    try {
      log.push('try')
      throw new TypeError('bad')
    } catch (error: any) {
      log.push(`${error.name}: ${error.message}`)
      return 'caught'
    } finally {
      log.push('finally')
    }
  }
  log.push(inner())
  const nothing: any = null
  try {
    nothing.field
  } catch {
    log.push('null')
  }
  return log
}
