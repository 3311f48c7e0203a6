//: made()
class Base {
  given: any[]
  constructor(...given: any[]) {
    this.given = given
  }
}

class All extends Base {
  constructor() {
    // @ts-ignore
    super(...arguments)
    this.given.push('all')
  }
}

class Counting extends Base {
  count: number
  constructor(first?: any) {
    super(first)
    this.count = arguments.length
  }
}

export function made() {
  const all = new (All as any)(1, 2)
  const counting = new (Counting as any)('a', 'b', 'c')
  return [all.given, counting.given, counting.count, new Counting().count]
}
