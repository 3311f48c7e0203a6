//: area({"width": 2, "height": 3})
//: area({"width": 2})
//: first([7, 8])
//: names([{"name": "a", "age": 1}, {"name": "b", "age": 2}])
interface Box { width: number; height?: number }
export function area({ width, height = 10 }: Box) {
  return width * height
}
export const first = ([head, next]: number[]) => head + next
export const names = (people: { name: string; age: number }[]) => people.map(({ name, age }) => `${name}:${age}`)
