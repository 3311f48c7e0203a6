//: items()
//: objects()
//: counters()
export function items() {
  const list = [1, 2, 3]
  let i = 0
  list[i] = i++
  list[i] += ++i
  const other = [0, 0]
  let k = 0
  const next = () => k++
  other[k] += next() + 5
  return [list, i, other, k]
}

export function objects() {
  let state: any = { count: 1 }
  const first = state
  const renew = () => {
    state = { count: 100 }
    return 5
  }
  state.count += renew()
  state.name = (state = { name: 'third' }).name
  return [first, state]
}

class Cells {
  place = 0
  cells: number[] = []
  next() {
    this.place++
    return this.place * 10
  }
  fill() {
    this.cells[this.place] = this.next()
    this.cells[this.place] = this.next()
    return this.cells
  }
}

export function counters() {
  return [new Cells().fill(), new Cells().next()]
}
