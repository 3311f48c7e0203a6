//: run("Ada", 3)
//: escaped()
//: methods()
function show(texts: TemplateStringsArray, ...values: any[]) {
  return texts.reduce((all, text, index) => all + text + (index < values.length ? `[${values[index]}]` : ''), '')
}
const shape = (texts: TemplateStringsArray, ...values: any[]) => [texts.length, [...texts], [...texts.raw], values, Object.isFrozen(texts)]
export const run = (name: string, n: number) => [show`Hello ${name}, ${n + 1} times`, show`plain`, show``, show`${n}`, shape`a${1}b`]
export const escaped = () => [shape`tab\t\${no}\u0041${2}\n`, String.raw`C:\temp\${'x'}\n${1 + 1}`, String.raw`a\b`]
const query = { prefix: 'q:', of(texts: TemplateStringsArray, ...values: any[]) { return this.prefix + texts.join('?') + values.length } }
const styled = (tag: string) => (texts: TemplateStringsArray, ...rules: any[]) => `${tag} {${texts.raw[0].trim()}} ${rules.length}`
export const methods = () => [query.of`select ${1} and ${2}`, styled('div')` color: ${'red'}`]
