//: run()
class Shape {
  name = 'shape'
  static made = 0
  protected sides: number[] = []
  constructor(public readonly id: number, color?: string) {
    Shape.made++
    this.sides.push(id)
    if (color) this.name = color
  }
  get count() {
    return this.sides.length
  }
  set count(value: number) {
    this.sides.length = value
  }
  describe(): string {
    return `${this.name} ${this.id} ${this.kind()}`
  }
  kind() {
    return 'plain'
  }
  static of(id: number) {
    return new Shape(id)
  }
}
class Square extends Shape {
  size = 4
  constructor(id: number) {
    super(id, 'square')
    this.size += id
  }
  kind() {
    return super.kind() + ' square'
  }
}
export function run() {
  const shape = Shape.of(1)
  const square = new Square(2)
  square.count = 3
  return [shape.describe(), square.describe(), square.size, square.count, Shape.made, square instanceof Shape,
    shape instanceof Square, Object.keys(shape).sort()]
}
