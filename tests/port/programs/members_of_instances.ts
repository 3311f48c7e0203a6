//: sent("a")
//: waited()
//: kinds("stop")
//: kinds("go")
//: kinds(null)
//: counted()
//: inherited()
//: changed()
//: ofConstant(2)

class Sender {
  kinds = { GO: 'go', STOP: 'stop' }
  last = ''
  static sent = 0

  url(path: string) {
    return `https://shop.example/${path}`
  }

  async send(path: string) {
    Sender.sent += 1
    this.last = path
    return this.url(path)
  }

  ready() {
    return new Promise(resolve => resolve('ready'))
  }

  static async total() {
    return Sender.sent
  }

  answer = () => 'first'
}

class Quiet extends Sender {
  url(path: string) {
    return `quiet/${path}`
  }
}

const sender = new Sender()

export async function sent(path: string) {
  const url = await sender.send(path)
  return `${url} ${sender.url('b')}`
}

export async function waited() {
  const state = await sender.ready()
  return state
}

export function kinds(kind: any) {
  if (kind === sender.kinds.GO) return 'goes'
  return kind === sender.kinds.STOP ? 'stops' : 'does nothing'
}

export async function counted() {
  const before = await Sender.total()
  await sender.send('x')
  return (await Sender.total()) - before
}

export async function inherited() {
  const quiet = new Quiet()
  return `${await quiet.send('x')} ${quiet.url('y')} ${quiet.answer()}`
}

export function changed() {
  const own: any = new Sender()
  own.answer = () => 3
  return own.answer() + 1
}

export async function ofConstant(count: number) {
  const steps = {
    sum: 0,
    async add(amount: number) {
      this.sum += amount
      return amount
    },
    async run() {
      await this.add(count)
      const added = await this.add(1)
      return `${added} ${this.sum}`
    },
  }
  return await steps.run()
}
