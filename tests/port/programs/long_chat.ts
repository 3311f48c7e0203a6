//: talking()
//: offline()
//: dropping(2)
//: dropping(9)
//: merged([{"id": 3, "text": "c"}, {"id": 1, "text": "a"}], [{"id": 2, "text": "b"}, {"id": 3, "text": "C"}])
//: reading()
//: waits(6)
// A chat: a socket that is opened again with growing waits, messages that wait while it is closed, answers by their number.

interface Socket {
  send(text: string): void
  close(): void
}

interface Handlers {
  onOpen: () => void
  onMessage: (text: string) => void
  onClose: (code: number) => void
}

type Connect = (handlers: Handlers) => Socket
type Later = (work: () => void, delay: number) => void

interface Message {
  id: number
  text: string
  from?: string
  pending?: boolean
}

type Frame =
  | { type: 'ack'; seq: number; id: number }
  | { type: 'message'; id: number; text: string; from: string }
  | { type: 'ping' }

const FIRST_WAIT = 500
const LONGEST_WAIT = 8000
const MOST_TRIES = 5

/** How long the try of this number waits. */
export const waitOf = (tries: number): number => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries)

export class Chat {
  messages: Message[] = []
  status: 'closed' | 'opening' | 'open' | 'given up' = 'closed'
  unread = 0
  private socket: Socket | null = null
  private seq = 0
  private tries = 0
  private outbox: { seq: number; text: string }[] = []
  private waiting = new Map<number, (id: number) => void>()

  constructor(private connect: Connect, private later: Later, private log: (line: string) => void = (_line) => {}) {}

  open(): void {
    if (this.status === 'open' || this.status === 'opening') return
    this.status = 'opening'
    this.socket = this.connect({
      onOpen: () => {
        this.status = 'open'
        this.tries = 0
        this.flush()
      },
      onMessage: (text) => this.take(text),
      onClose: (code) => this.closed(code),
    })
  }

  /** Sends a text, at once or as soon as there is a connection; gives the number that the server has for it. */
  say(text: string): Promise<number> {
    const seq = ++this.seq
    this.messages.push({ id: -seq, text, pending: true })
    this.outbox.push({ seq, text })
    const answered = new Promise<number>((resolve) => {
      this.waiting.set(seq, resolve)
    })
    if (this.status === 'open') this.flush()
    return answered
  }

  read(): void {
    this.unread = 0
  }

  close(): void {
    const { socket } = this
    this.socket = null
    this.status = 'closed'
    socket?.close()
  }

  private flush(): void {
    for (const each of this.outbox) this.socket?.send(JSON.stringify(each))
  }

  private take(text: string): void {
    let frame: Frame
    try {
      frame = JSON.parse(text)
    } catch {
      this.log(`odd: ${text}`)
      return
    }
    if (frame.type === 'ping') {
      this.socket?.send('"pong"')
    } else if (frame.type === 'ack') {
      this.acknowledge(frame.seq, frame.id)
    } else if (frame.type === 'message') {
      const { type, ...message } = frame
      this.messages = merge(this.messages, [message])
      this.unread++
    }
  }

  private acknowledge(seq: number, id: number): void {
    this.outbox = this.outbox.filter((each) => each.seq !== seq)
    const index = this.messages.findIndex((each) => each.id === -seq)
    if (index >= 0) {
      const { pending, ...message } = this.messages[index]
      this.messages.splice(index, 1, { ...message, id })
    }
    this.waiting.get(seq)?.(id)
    this.waiting.delete(seq)
  }

  private closed(code: number): void {
    if (!this.socket) return
    this.socket = null
    if (this.tries >= MOST_TRIES) {
      this.status = 'given up'
      this.log(`given up after ${this.tries}`)
      return
    }
    this.status = 'closed'
    const wait = waitOf(this.tries)
    this.tries += 1
    this.log(`closed ${code}, again in ${wait}`)
    this.later(() => this.open(), wait)
  }
}

/** Two lists of messages as one, by their numbers; what is newer counts, what waits comes last. */
export function merge(old: Message[], fresh: Message[]): Message[] {
  const byId: Record<number, Message> = {}
  for (const message of [...old, ...fresh]) byId[message.id] = { ...byId[message.id], ...message }
  const all = Object.values(byId)
  const rank = ({ id }: Message) => (id < 0 ? Number.MAX_SAFE_INTEGER + id : id)
  return all.sort((a, b) => (a.id < 0 && b.id < 0 ? b.id - a.id : rank(a) - rank(b)))
}

/** A server that answers at once, and lets go of the first connections. */
function server(drops = 0) {
  let id = 100
  let count = 0
  const sent: string[] = []
  const state: { handlers: Handlers | null } = { handlers: null }
  const connect: Connect = (handlers) => {
    count += 1
    state.handlers = handlers
    const isDropped = count <= drops
    Promise.resolve().then(() => (isDropped ? handlers.onClose(1006) : handlers.onOpen()))
    return {
      send(text) {
        sent.push(text)
        if (text === '"pong"') return
        const { seq } = JSON.parse(text)
        if (seq) handlers.onMessage(JSON.stringify({ type: 'ack', seq, id: ++id }))
      },
      close: () => handlers.onClose(1000),
    }
  }
  return { connect, sent, state, connections: () => count }
}

const soon: Later = (work, _delay) => {
  Promise.resolve().then(work)
}

export async function talking() {
  const { connect, sent, state } = server()
  const chat = new Chat(connect, soon)
  chat.open()
  await null
  const id = await chat.say('hello')
  state.handlers!.onMessage('{"type":"message","id":7,"text":"hi","from":"Bo"}')
  state.handlers!.onMessage('{"type":"ping"}')
  return [id, chat.messages, chat.unread, sent]
}

export async function offline() {
  const { connect, sent } = server()
  const chat = new Chat(connect, soon)
  const ids = [chat.say('one'), chat.say('two')]
  const before = chat.messages.map((each) => ({ ...each }))
  chat.open()
  return [before, await Promise.all(ids), sent, chat.messages, chat.status]
}

export async function dropping(drops: number) {
  const log: string[] = []
  const { connect, connections } = server(drops)
  const chat = new Chat(connect, soon, (line) => log.push(line))
  chat.open()
  for (let turn = 0; turn < 60; turn++) await null
  const status = chat.status
  chat.close()
  return [status, connections(), log, chat.status]
}

export const merged = (old: Message[], fresh: Message[]) => merge(old, fresh)

export function reading() {
  const log: string[] = []
  const { connect, state } = server()
  const chat = new Chat(connect, soon, (line) => log.push(line))
  chat.open()
  for (const id of [5, 4, 5]) state.handlers!.onMessage(JSON.stringify({ type: 'message', id, text: `t${id}`, from: 'Bo' }))
  state.handlers!.onMessage('{oops')
  const unread = chat.unread
  chat.read()
  return [unread, chat.unread, chat.messages, log]
}

export const waits = (count: number) => Array.from({ length: count }, (_, tries) => waitOf(tries))
