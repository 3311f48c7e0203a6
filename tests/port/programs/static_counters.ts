//: run()
export class Id {
  private static last = 0
  static next() {
    return ++Id.last
  }
  static readonly PREFIX: string = 'id'
  readonly value = Id.next()
  toString() {
    return `${Id.PREFIX}-${this.value}`
  }
}
export const run = () => [`${new Id()}`, String(new Id()), '' + new Id(), [new Id()].join()]
