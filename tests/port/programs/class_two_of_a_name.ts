//: run()
class Cart {
  items: string[]
  constructor(...items: string[]) { this.items = items }
  static from(text: string) { return new Cart(...text.split(',')) }
  from(index: number) { return this.items.slice(index) }
  size() { return this.items.length }
  static size() { return this.from('a,b').size() }
}
class Full extends Cart { size() { return super.size() * 10 } }
export const run = () => [Cart.from('x,y,z').from(1), Cart.size(), new Cart('q').size(), new Full('a').size(), new Full('a', 'b').from(1)]
