//: run()
//: order()
const log: string[] = []
const noted = (name: string) => { log.push(`make ${name}`); return (kind: any) => { log.push(`apply ${name} ${typeof kind}`) } }
function loud(kind: any): any {
  return class extends kind { say() { return super.say().toUpperCase() } }
}
function withTitle(title: string) { return function (kind: any): any { kind.title = title; return kind } }
@noted('a')
@loud
@withTitle('T')
class Speaker {
  static title: string
  words = ['x', 'y']
  say() { return this.words.map(word => word + Speaker.title).join() }
}
@loud
class Louder extends Speaker { say() { return super.say() + 1 } }
@withTitle('page')
export default class Page { static title = ''; show() { return Page.title } }
export const run = () => [new Speaker().say(), new Louder().say(), new Louder() instanceof Speaker, Speaker.title, new Page().show()]
export const order = () => log
