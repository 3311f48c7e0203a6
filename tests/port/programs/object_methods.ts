//: run()
const storage = {
  prefix: 'p:',
  values: {} as Record<string, any>,
  key(name: string) {
    return this.prefix + name
  },
  set(name: string, value: any) {
    this.values[this.key(name)] = value
    return value
  },
  get: function (name: string) {
    return this.values[this.key(name)] ?? null
  },
}
export function run() {
  storage.set('a', 1)
  return [storage.get('a'), storage.get('b'), storage.values]
}
