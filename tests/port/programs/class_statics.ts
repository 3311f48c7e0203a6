//: run()
class Store {
  static instance: Store | null = null
  values: Record<string, any> = {}
  static get() {
    if (!this.instance) {
      this.instance = new Store()
    }
    return this.instance
  }
  set(key: string, value: any) {
    this.values[key] = value
    return this
  }
}
export function run() {
  Store.get().set('a', 1).set('b', 2)
  return [Store.get() === Store.get(), Store.get().values]
}
