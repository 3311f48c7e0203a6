//: find("a=1&b=2")
//: valid("13812345678")
//: valid("12")
export function find(query: string) {
  const found: any = {}
  const pattern = /(\w+)=(\w+)/g
  let match
  while ((match = pattern.exec(query)) !== null) {
    found[match[1]] = match[2]
  }
  return found
}
export const valid = (phone: string) => /^1\d{10}$/.test(phone)
