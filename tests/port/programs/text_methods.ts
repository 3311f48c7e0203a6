//: cut("Hello, World")
//: cut("")
//: digits("a1b22")
//: mask("13812345678")
export function cut(text: string) {
  return [text.slice(-3), text.substring(2, 1), text.split(','), text.indexOf('o'), text.charAt(1), text.includes('World'),
    text.startsWith('Hell'), text.endsWith('d'), text.trim().length, text.toUpperCase(), text.replace('l', 'L'), text[0] ?? null]
}
export const digits = (text: string) => text.replace(/\d+/g, (found) => `<${found}>`)
export function mask(phone: string) {
  return phone.replace(/^(\d{3})\d{4}(\d{4})$/, '$1****$2')
}
