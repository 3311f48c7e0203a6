//: run()
const early = double(4)
export function run() {
  return [early, later(), typeof notYet]
  function later() {
    return 'later'
  }
  var notYet = 1
}
function double(n: number) {
  return n * 2
}
