//: run()
class Timer {
  private ticks = 0
  step = 2
  tick = () => {
    this.ticks += this.step
    return this.ticks
  }
  start() {
    const call = this.tick
    return [call(), [1, 2].map(() => this.tick())]
  }
}
export const run = () => new Timer().start()
