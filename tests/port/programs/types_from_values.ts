//: run(3)
//: run(0)
//: pick(true)
//: pick(false)
//: share(7, 2)
//: share(8, 2)
function word(n) {
  if (n > 2) return 'many'
  if (n === 1) return 'one'
}

function mixed(n) {
  return n > 2 ? 'many' : n
}

function deep(n) {
  return n <= 0 ? '' : deep(n - 1) + n
}

export function pick(first: boolean) {
  let text
  if (first) {
    text = 'first'
  } else {
    text = 'other'
  }
  text += '!'
  return `${text} ${text.length}`
}

export function share(total: number, people: number) {
  let each = total
  each = each / people
  let steps = 0
  for (let i = 0; i < 3; i++) steps += i
  let last = null
  last = steps
  let tries = 1
  tries += 0.5
  tries *= 2
  return [`${each} ${steps} ${last} ${tries}`, each + tries, `${steps / 3}`]
}

export function run(n: number) {
  let kind = word(n)
  let grows = 1
  const seen = [grows]
  while (grows < 20) {
    grows = grows * 3
    seen.push(grows)
  }
  return [kind === undefined, mixed(n) + 1, `${mixed(n)}`, deep(n), seen, `${grows}`]
}
