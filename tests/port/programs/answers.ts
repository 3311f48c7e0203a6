//: code({"data": {"code": 1}})
//: code({"data": "<html>"})
//: code({"data": null})
//: message({"data": "down"})
//: message({"data": {"error": {"text": "no"}}})
//: isFine({"data": "ok"})
//: isFine({"data": {"code": 0}})
export const code = (res: any) => res.data?.code

export function message({ data }: any) {
  return data?.error?.text || 'something went wrong'
}

export function isFine(res: any) {
  if (res.data?.code === 0) return true
  return false
}
