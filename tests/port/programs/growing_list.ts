//: run()
export function run() {
  const queue = [1]
  for (let i = 0; i < queue.length; i++) {
    if (queue[i] < 4) queue.push(queue[i] + 1)
  }
  return queue
}
