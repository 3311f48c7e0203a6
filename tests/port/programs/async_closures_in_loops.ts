//: run()
export async function run() {
  const found: any[] = []
  const jobs: Promise<void>[] = []
  for (const name of ['a', 'b']) {
    const size = name.length
    jobs.push((async () => {
      await null
      found.push([name, size])
    })())
  }
  await Promise.all(jobs)
  return found
}
