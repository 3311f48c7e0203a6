//: run([3, 1, 2])
const later = (n: number) => new Promise<number>((resolve) => setTimeout(() => resolve(n), n))
export async function run(list: number[]) {
  const found: number[] = []
  for (const n of list) {
    found.push(await later(n))
  }
  const all = await Promise.all(list.map(async (n) => (await later(n)) * 10))
  for (let i = 0; i < list.length; i++) {
    if (list[i] === 1) continue
    await later(0)
    found.push(i)
  }
  return [found, all]
}
