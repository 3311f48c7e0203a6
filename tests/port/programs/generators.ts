//: spread()
//: stepped()
//: sent()
//: thrown()
//: closed()
//: delegated()
//: saga()
//: methods()
//: early()
function* count(n: number) {
  for (let i = 0; i < n; i++) yield i
}

export const spread = () => [[...count(3)], Array.from(count(2)), Math.max(...count(5))]

export function stepped() {
  const steps = count(1)
  return [steps.next(), steps.next(), steps.next()]
}

export function sent() {
  const seen: any[] = []
  function* talk(): any {
    const name = yield 'name?'
    seen.push(name)
    const age = (yield `age of ${name}?`) + 1
    return [name, age]
  }
  const talking = talk()
  return [talking.next('lost'), talking.next('Ann'), talking.next(30), seen]
}

export function thrown() {
  const seen: string[] = []
  function* careful(): any {
    try {
      yield 1
    } catch (error) {
      seen.push((error as Error).message)
      yield 'caught'
    } finally {
      seen.push('done')
    }
  }
  const steps = careful()
  steps.next()
  return [steps.throw(new Error('bad')), steps.next(), seen]
}

export function closed() {
  const seen: string[] = []
  function* open() {
    try {
      yield 1
      yield 2
    } finally {
      seen.push('closed')
    }
  }
  for (const each of open()) {
    seen.push(`got ${each}`)
    break
  }
  const steps = open()
  steps.next()
  return [steps.return(7 as any), steps.next(), seen]
}

export function delegated() {
  function* inner(): any {
    const got = yield 'a'
    return `inner ${got}`
  }
  function* outer(): any {
    yield* [1, 2]
    const result = yield* inner()
    yield result
  }
  const steps = outer()
  return [steps.next().value, steps.next().value, steps.next().value, steps.next('x').value, steps.next().done]
}

const call = (task: Function, ...given: any[]) => ({ type: 'call', task, given })
const put = (action: any) => ({ type: 'put', action })

function* fetchUser(action: { id: number }): any {
  try {
    const { data } = yield call((id: number) => ({ data: `user ${id}` }), action.id)
    yield put({ type: 'done', data })
  } catch (error) {
    yield put({ type: 'failed' })
  }
}

export function saga() {
  const seen: any[] = []
  const steps = fetchUser({ id: 7 })
  let step = steps.next()
  while (!step.done) {
    const effect = step.value
    if (effect.type === 'put') seen.push(effect.action)
    step = steps.next(effect.type === 'call' ? effect.task(...effect.given) : undefined)
  }
  return seen
}

class Tree {
  constructor(private items: number[]) {}
  *doubled() {
    for (const item of this.items) yield item * 2
  }
}

export function methods() {
  const model = {
    effects: {
      *load({ page }: any, { select }: any): any {
        const size = yield select('size')
        return page * size
      },
    },
    *nothing() {},
  }
  const steps = model.effects.load({ page: 2 }, { select: (key: string) => key })
  return [[...new Tree([1, 2]).doubled()], steps.next(), steps.next(10), [...model.nothing()]]
}

export function early() {
  const steps = count(5)
  const [first, second] = steps
  return [first, second, steps.next().done]
}
