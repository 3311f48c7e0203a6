//: made()
//: constant()
//: given()
//: inTable()
//: arrows()
function counter(start: number) {
  return {
    count: start,
    add(step = 1) {
      this.count += step
      return this
    },
    read: function () {
      return this.count
    },
  }
}

export function made() {
  const one = counter(1)
  const other = counter(10)
  one.add().add(2)
  other.add()
  return [one.read(), other.read(), one.count]
}

const cart = {
  items: [] as string[],
  put(name: string) {
    this.items.push(name)
    return this.items.length
  },
  empty() {
    this.items = []
  },
}

export function constant() {
  cart.put('pen')
  const count = cart.put('ink')
  cart.empty()
  return [count, cart.items]
}

function run(task: { size: number; go(): number }) {
  task.size += 1
  return task.go()
}

export function given() {
  return run({
    size: 2,
    go() {
      return this.size * 10
    },
  })
}

const shop = {
  name: 'the shop with a name that is long enough for a table of its own',
  address: { street: 'High Street', number: 7, city: 'Little Town' },
  hours: {
    open: 9,
    close: 18,
    length() {
      return this.close - this.open
    },
  },
}

export const inTable = () => [shop.hours.length(), Object.keys(shop)]

export function arrows() {
  const timer = {
    ticks: 0,
    start() {
      const tick = () => {
        this.ticks += 1
      }
      tick()
      ;[1, 2].forEach(() => this.ticks++)
      return this.ticks
    },
  }
  return timer.start()
}
