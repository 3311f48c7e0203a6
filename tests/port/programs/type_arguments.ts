//: run()
const read = async <T>(text: string): Promise<T> => JSON.parse(text)
const of = <T>(value: T): T => value
class Box {
  async get<T>(text: string): Promise<T> {
    return read<T>(text)
  }
}
export async function run() {
  const { x } = await read<{ x: number }>('{"x":1}')
  const y = (await read<{ y: { z: number } }>('{"y":{"z":2}}')).y
  const z = await read<any>('{"z":3}').then((value) => value.z)
  const sum = await read<number>('4') + 1
  const boxed = await new Box().get<Record<string, number[]>>('{"a":[5]}')
  if (!of<boolean>(false)) console.log('not', -of<number>(6), typeof of<string>('s'), 1 + of<number>(7))
  const all = [await read<string>('"l"'), await Promise.all<number>([read<number>('8'), 9])]
  return [x, y, z, sum, boxed, all]
}
