//: run()
//: of("wx")
enum Channel {
  Wechat = 'wx',
  Alipay = 'ali',
}
enum Level { Low, Mid = 5, High }
export function run() {
  const level: Level = Level.High
  return [Channel.Wechat, `${Channel.Alipay}!`, Level.Low, level === Level.High, Level.Mid + 1, { [Channel.Wechat]: 1 }]
}
export function of(text: string) {
  return text === Channel.Wechat ? 'wechat' : 'other'
}
