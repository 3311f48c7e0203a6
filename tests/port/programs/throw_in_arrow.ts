//: run(null)
//: run(1)
const fail = (message: string): never => { throw new RangeError(message) }
export function run(value: any) {
  try {
    return value ?? fail('nothing')
  } catch (error) {
    return error instanceof RangeError ? (error as Error).message : 'other'
  }
}
