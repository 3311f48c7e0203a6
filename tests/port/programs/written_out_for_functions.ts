//: sent(3)
//: kept()
//: settled(true)
//: settled(false)
//: missing()
//: spread({"id": 1})
//: nested("a")
//: untyped()
const seen: any[] = []

function request(options: any) {
  seen.push(options)
  options.count = (options.count || 0) + 1
  return `${options.method || 'GET'} ${options.url} ${options.data ? options.data.id : '-'} ${options.missing === undefined}`
}

export function sent(id: number) {
  return [
    request({ url: '/a', method: 'POST', data: { id } }),
    request({ url: '/b' }),
    request({ url: '/c', 'data': { id, list: [id, { id }] } }),
  ]
}

export function kept() {
  seen.length = 0
  request({ url: '/a', data: { list: [1, { b: 2 }] } })
  const own: any = { url: '/own' }
  request(own)
  return [own.count, seen[1] === own, seen[0].data.list.length, seen[0].data.list[1].b, seen[0].data.none]
}

export async function settled(well: boolean) {
  const promise = new Promise<any>((resolve, reject) => {
    if (well) resolve({ code: 1, data: { list: [1, 2] } })
    else reject({ code: 2, more: [{ a: 1 }] })
  })
  try {
    const found = await promise
    return [found.code, found.data.list.map((each: number) => each * 2), found.none]
  } catch (error: any) {
    return [error.code, error.more[0].a, error.none]
  }
}

const named = ({ name, size }: any) => `${name} ${size}`
const first = (each: any) => each.first ?? each.second

export function missing() {
  return [first({ second: 2 }), first({ first: 1, second: 2 }), named({ name: 'n', size: 1 })]
}

export function spread(more: any) {
  return request({ url: '/d', ...more })
}

export function nested(name: string) {
  const wrap = (options: any) => request(options)
  return [wrap({ url: name, data: { id: name } }), wrap({ url: name })]
}

function joined(parts) {
  return Object.keys(parts).map((key) => key + '=' + parts[key]).join('&')
}

export function untyped() {
  return [joined({ b: 1, 2: 'x', a: true }), joined({ c: undefined })]
}
