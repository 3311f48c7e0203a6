// Cases that go on with the next one.
//: steps(1)
//: steps(2)
//: steps(3)
//: steps(4)
//: steps("1")
//: level("admin")
//: level("editor")
//: level("nobody")
//: dead(1)
//: dead(2)
//: leaves("a", false)
//: leaves("a", true)
//: leaves("b", false)
//: leaves("b", true)
//: leaves("c", false)
//: leaves("c", true)

export function steps(version: any) {
  const done: string[] = []
  switch (version) {
    case 1:
      done.push('one')
    // and then
    case 2:
      done.push('two')
    case 3: {
      done.push('three')
      break
    }
    default:
      done.push('new')
  }
  return done
}

export function level(role: string) {
  let found = 0
  switch (role) {
    default:
      found += 100
    case 'editor':
      found += 10
      return found
    case 'admin':
      found += 1
    case 'owner':
      found += 2
  }
  return found
}

export function dead(n: number) {
  switch (n) {
    case 1:
      return 'one'
      n = 5
    default:
      n++
      break
      n = 7
  }
  return n
}

export function leaves(kind: string, ready: boolean) {
  const done: string[] = []
  for (const turn of [1, 2]) {
    switch (kind) {
      case 'a':
        if (!ready) break
        done.push(`a${turn}`)
        break
      case 'b': {
        for (;;) break
        if (ready) {
          done.push('ready')
          break
        }
        return done
      }
      default:
        try {
          if (ready) break
        } finally {
          done.push('last')
        }
        done.push('other')
    }
    done.push(`end ${turn}`)
  }
  return done
}
