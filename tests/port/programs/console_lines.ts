//: run()
export function run() {
  console.log('a', 1, { b: [1, 2] }, null)
  console.log(`t ${[1, 2]}`, true)
  return 'ok'
}
