type Listener = (value: number) => void

export class Emitter {
  private listeners: { [name: string]: Listener[] } = {}

  on(name: string, listener: Listener): () => void {
    if (!this.listeners[name]) this.listeners[name] = []
    this.listeners[name].push(listener)
    return () => {
      this.listeners[name] = this.listeners[name].filter((each) => each !== listener)
    }
  }

  emit(name: string, value: number): number {
    const listeners = this.listeners[name] || []
    for (const listener of listeners) listener(value)
    return listeners.length
  }
}

export function run(): number[] {
  const emitter = new Emitter()
  let sum = 0
  const off = emitter.on('add', (value) => {
    sum += value
  })
  emitter.on('add', (value) => {
    sum += value * 2
  })
  let told = 0
  for (let i = 0; i < 30; i++) {
    told += emitter.emit('add', i) + emitter.emit('none', i)
    if (i === 20) off()
  }
  return [sum, told]
}
