//: run()
class Config {
  static readonly LIMIT = 5
  static readonly TWICE = Config.LIMIT * 2
  private static instance: Config = new Config('one')
  constructor(readonly name: string) {}
  static get() {
    return Config.instance
  }
}
export const run = () => [Config.get() === Config.get(), Config.get().name, Config.TWICE]
