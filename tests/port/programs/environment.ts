//: run()
//: variable("NO_SUCH_VARIABLE")
//: variable("NO_SUCH_VARIABLE", "none")
//: variables(["NO_SUCH_VARIABLE", 3])
//: written()
export function run() {
  const isWeapp = process.env.TARO_ENV === 'weapp'
  if (process.env.TARO_ENV === 'h5') {
    return 'web'
  }
  return isWeapp ? 'weapp' : process.env.TARO_ENV
}

export const variable = (name: string, otherwise = '') => process.env[name] || otherwise

export function variables(names: any[]) {
  return names.map(name => process.env[name] ?? `no ${name}`)
}

export const written = () => process.env['NO_SUCH_VARIABLE'] === undefined
