//: all()
export function all() {
  return ['\u4f60\x41', "it's", 'say "hi"', 'tab\tend\\', 'a\
b', '\u{1F44D}', '\0', `a\`b$`]
}
