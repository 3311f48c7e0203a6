//: run(3)
export async function run(value: any) {
  const got = await value
  const made = await Promise.resolve(got)
  return got + made
}
