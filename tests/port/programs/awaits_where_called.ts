//: together()
//: thrown_and_caught()
//: promised()
const log: string[] = []

async function leaf(name: string, end: number): Promise<number> {
  log.push(`${name} leaf`)
  if (end === 1) throw new Error('one')
  return end
}

async function middle(name: string, end: number): Promise<number> {
  log.push(`${name} middle`)
  const found = await leaf(name, end)
  log.push(`${name} found ${found}`)
  return found + (await leaf(name, found))
}

async function walk(name: string): Promise<void> {
  for (let i = 0; i < 3; i++) {
    try {
      log.push(`${name} got ${await middle(name, i)}`)
    } catch (error: any) {
      log.push(`${name} caught ${error.message}`)
    }
  }
}

export async function together() {
  log.length = 0
  Promise.resolve().then(() => log.push('job')).then(() => log.push('next job'))
  const both = [walk('a'), walk('b')]
  log.push('sync')
  await Promise.all(both)
  return [...log]
}

export async function thrown_and_caught() {
  log.length = 0
  const jobs = Promise.resolve().then(() => log.push('job')).then(() => log.push('next job'))
  try {
    await middle('a', 1)
  } catch (error: any) {
    log.push(`caught ${error.message}`)
  }
  await jobs
  return [...log]
}

async function later(value: number) {
  return Promise.resolve(value)
}

export async function promised() {
  log.length = 0
  const walking = walk('w')
  const value = await later(5)
  log.push(`later ${value}`)
  await walking
  return [...log, await later(await later(7))]
}
