//: run("fine")
//: run("bad")
//: fails()
async function load(kind: string): Promise<string> {
  if (kind === 'bad') throw new Error('no ' + kind)
  return kind
}
export async function run(kind: string) {
  try {
    return await load(kind)
  } catch (error: any) {
    return `caught ${error.message}`
  } finally {
    console.log('done')
  }
}
export async function fails() {
  await Promise.reject({ errMsg: 'login:fail' })
}
