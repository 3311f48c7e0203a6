//: run(1)
export function run(value: number) {
  const found = [value]
  if (value) {
    const value = 'inner'
    found.push(value as any)
    {
      const value = 'innermost'
      found.push(value as any)
    }
    found.push(value as any)
  }
  found.push(value)
  return found
}
