//: run("denied")
//: run("x")
class AuthError extends Error {
  code: number
  constructor(message: string, code = 401) {
    super(message)
    this.name = 'AuthError'
    this.code = code
  }
}
export function run(kind: string) {
  try {
    if (kind === 'denied') throw new AuthError('no entry')
    throw new Error('else')
  } catch (error: any) {
    if (error instanceof AuthError) return [error.name, error.code, error.message]
    return [error.name, error.code ?? null, error instanceof Error]
  }
}
