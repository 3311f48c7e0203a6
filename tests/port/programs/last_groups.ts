//: formatted("yyyy-MM-dd hh:mm:ss")
//: formatted("yy/M/d h:m")
//: formatted("no date")
//: groups()
// The formatter of dates that half of all programs have.
export function formatted(pattern: string) {
  const date = new Date(2024, 2, 5, 7, 8, 9)
  const parts: Record<string, number> = {
    'M+': date.getMonth() + 1, 'd+': date.getDate(), 'h+': date.getHours(), 'm+': date.getMinutes(), 's+': date.getSeconds(),
  }
  if (/(y+)/.test(pattern)) {
    pattern = pattern.replace(RegExp.$1, (date.getFullYear() + '').substr(4 - RegExp.$1.length))
  }
  for (const key in parts) {
    if (new RegExp('(' + key + ')').test(pattern)) {
      pattern = pattern.replace(RegExp.$1, RegExp.$1.length === 1 ? parts[key] + '' : ('00' + parts[key]).substr(('' + parts[key]).length))
    }
  }
  return pattern
}

export function groups() {
  const said: string[] = []
  const say = () => said.push(`${RegExp.$1}|${RegExp.$2}|${RegExp.$3}`)
  ;/(a)(b)?/.exec('xa')
  say()
  ;/(z)/.test('none of it')
  say()
  'k1=v1&k2=v2'.replace(/(\w+)=(\w+)/g, '')
  say()
  const each = /(\d)(\D)/g
  each.test('1a2b')
  say()
  each.test('1a2b')
  say()
  'é-ü'.match(/(.)-(.)/)
  say()
  'a1b2c3'.match(/([a-z])(\d)/g)
  say()
  'x-y'.search(/(-)/)
  say()
  'p1q2'.replace(/([a-z])(\d)/g, (whole) => {
    say()
    return whole
  })
  'k=v;w'.split(/([=;])/)
  say()
  'plain'.replace(/l/, 'L')
  say()
  return said
}
