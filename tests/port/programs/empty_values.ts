//: run()
export function run() {
  const list: any[] = []
  const o: any = {}
  const m = new Map()
  return [list ? 1 : 0, o ? 1 : 0, m ? 1 : 0, '' ? 1 : 0, list.length ? 1 : 0, !list, o.x ? 1 : 0, [] + '', `${{}}`, o || 'x']
}
