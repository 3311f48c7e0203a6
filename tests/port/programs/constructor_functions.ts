//: lengths()
//: kinds()
//: shared()
//: tokens("a,b;c")
// @ts-nocheck
/** A place on a plane. */
function Point(x, y) {
  this.x = x
  this.y = y || 0
}

/** How far it is from the middle. */
Point.prototype.length = function () {
  return Math.sqrt(this.x * this.x + this.y * this.y)
}

// both together
Point.prototype.plus = function (other) {
  return new Point(this.x + other.x, this.y + other.y)
}

Point.zero = function () {
  return new Point(0)
}

export const lengths = () => {
  const both = new Point(1, 2).plus(new Point(2, 2))
  return [both.length(), both.x, Point.zero().y]
}

export const kinds = () => [new Point(1) instanceof Point, {} instanceof Point, typeof Point]

function Queue() {
  this.items = []
  const own = this
  this.push = function (item) {
    own.items.push(item)
    return own.items.length
  }
}

Queue.prototype = {
  constructor: Queue,
  limit: 2,
  isFull() {
    return this.items.length >= this.limit
  },
  clear: function () {
    this.items = []
  },
}

export function shared() {
  const one = new Queue()
  const other = new Queue()
  one.push('a')
  one.push('b')
  one.limit = 3
  const full = [one.isFull(), other.isFull(), other.limit]
  one.clear()
  return [full, one.items.length]
}

const Tokenizer = function (text) {
  this._text = text
  this._state = 'Plain'
  this._index = 0
  this._found = []
}
Tokenizer.prototype.Plain = function (c) {
  if (c === ',') this._state = 'AfterComma'
  else this._found.push(c)
}
Tokenizer.prototype.AfterComma = function (c) {
  this._found.push(`,${c}`)
  this._state = 'Plain'
}
Tokenizer.prototype.run = function () {
  for (; this._index < this._text.length; this._index++) this[this._state](this._text[this._index])
  return this._found
}

export const tokens = text => new Tokenizer(text).run()
