//: kinds([1, "a", true, null, {}, [], 1.5])
export function kinds(values: any[]) {
  return values.map((each) => [
    typeof each === 'string',
    typeof each === 'number',
    typeof each === 'boolean',
    typeof each === 'function',
    each !== null && typeof each === 'object',
  ])
}
