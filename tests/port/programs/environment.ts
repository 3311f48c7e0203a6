//: run()
export function run() {
  const isWeapp = process.env.TARO_ENV === 'weapp'
  if (process.env.TARO_ENV === 'h5') {
    return 'web'
  }
  return isWeapp ? 'weapp' : process.env.TARO_ENV
}
