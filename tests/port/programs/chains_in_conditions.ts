//: run({"code": 1, "user": {"name": "Ada", "age": 0, "tags": []}})
//: run({"code": 0, "user": {"name": "", "age": 7, "tags": ["x"]}})
//: run({"code": "1", "user": null})
//: run({"code": true})
//: run({})
//: run(null)
export function run(res: any) {
  const out: any[] = []
  if (res?.code === 1) out.push('one')
  if (res?.code !== 1) out.push('not one')
  if (res?.code == '1') out.push('like one')
  if (res?.user?.name) out.push('named')
  if (!res?.user?.name) out.push('nameless')
  if (res?.user?.age > 5) out.push('old')
  if (!(res?.user?.age > 5)) out.push('not old')
  if (res?.user == null) out.push('no user')
  if (res?.user?.age !== undefined && res?.user) out.push('has an age')
  out.push(res?.user?.name || 'nobody')
  out.push(res?.user?.age ?? 'ageless')
  out.push(res?.user?.tags?.length ?? -1)
  out.push(res?.user?.name === '' ? 'empty' : 'other')
  const name = res?.user?.name
  out.push(name === undefined ? 'none' : name)
  switch (res?.code) {
    case 0:
      out.push('nought')
      break
    case '1':
      out.push('text')
      break
    default:
      out.push('default')
  }
  return out
}
