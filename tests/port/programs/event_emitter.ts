//: run()
type Listener = (...args: any[]) => void
class Emitter {
  private listeners: Record<string, Listener[]> = {}
  on(event: string, listener: Listener) {
    ;(this.listeners[event] = this.listeners[event] || []).push(listener)
    return () => this.off(event, listener)
  }
  off(event: string, listener: Listener) {
    this.listeners[event] = (this.listeners[event] || []).filter((each) => each !== listener)
  }
  emit(event: string, ...args: any[]) {
    ;(this.listeners[event] || []).forEach((listener) => listener(...args))
  }
}
export function run() {
  const log: any[] = []
  const emitter = new Emitter()
  const off = emitter.on('a', (x, y) => log.push([x, y]))
  emitter.emit('a', 1, 2)
  off()
  emitter.emit('a', 3, 4)
  return log
}
