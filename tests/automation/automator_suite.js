// A suite as one writes it for miniprogram-automator, unchanged but for the address; run by `test_clients.py`.
//
// It prints, as JSON, which public methods of the client have succeeded, and which have failed and how.
'use strict'
const assert = require('node:assert')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const client = process.env.AUTOMATOR
const load = name => require(path.join(client, 'out', name))
const automator = require(client)

// The client waits three seconds after each route, since DevTools does not tell when it is done.
const { setTimeout: wait } = global
global.setTimeout = (work, delay, ...given) => wait(work, delay >= 1000 ? 20 : delay, ...given)

const worked = new Set()
const failed = new Map()

function watch(kind, name) {
  for (const method of Object.getOwnPropertyNames(kind.prototype)) {
    const original = kind.prototype[method]
    if (method === 'constructor' || method.startsWith('_') || typeof original !== 'function') continue
    kind.prototype[method] = function (...given) {
      const key = `${name}.${method}`
      const note = error => {
        failed.set(key, String(error.message))
        throw error
      }
      let result
      try {
        result = original.apply(this, given)
      } catch (error) {
        return note(error)
      }
      if (result && typeof result.then === 'function') {
        return result.then(value => (worked.add(key), value), note)
      }
      worked.add(key)
      return result
    }
  }
}

watch(automator.constructor, 'Automator')
watch(load('MiniProgram').default, 'MiniProgram')
watch(load('Page').default, 'Page')
watch(load('Native').default, 'Native')
const elements = load('Element')
watch(elements.default, 'Element')
for (const name of ['CustomElement', 'InputElement', 'TextareaElement', 'ScrollViewElement', 'SwiperElement',
  'MovableViewElement', 'SwitchElement', 'SliderElement', 'ContextElement']) {
  watch(elements[name], name)
}

/** Answers a dialog once it is open. The client is not told of that, so it tries until the port has found one. */
async function answered(native, method) {
  for (let tries = 0; tries < 200; tries += 1) {
    const told = await native[method]()
    if (!told.error) return
    await new Promise(done => wait(done, 20))
  }
  throw new Error(`there is nothing to ${method}`)
}

const fails = (promise, told) => assert.rejects(promise, error => error.message.includes(told))

async function main(url) {
  const app = await automator.connect({ wsEndpoint: url })
  const native = app.native()

  // --- pages
  let page = await app.currentPage()
  assert.deepStrictEqual([page.path, page.query], ['pages/shop/index', {}])
  page = await app.navigateTo('/pages/tea/index?id=7')
  assert.deepStrictEqual([page.path, page.query], ['pages/tea/index', { id: '7' }])
  assert.deepStrictEqual((await app.pageStack()).map(each => each.path), ['pages/shop/index', 'pages/tea/index'])
  assert.strictEqual((await app.navigateBack()).path, 'pages/shop/index')
  assert.strictEqual((await app.redirectTo('/pages/tea/index')).path, 'pages/tea/index')
  assert.strictEqual((await app.switchTab('/pages/mine/index')).path, 'pages/mine/index')

  // --- a custom component
  page = await app.currentPage()
  const rating = await page.$('#rating')
  assert.deepStrictEqual(await rating.data(), { stars: 3 })
  await rating.setData({ stars: 5 })
  assert.strictEqual(await rating.data('stars'), 5)
  assert.strictEqual(await rating.callMethod('rate', 2), '★★')
  assert.strictEqual(await (await rating.$('.star')).text(), '3 stars')

  page = await app.reLaunch('/pages/shop/index')
  assert.strictEqual((await page.data('teas')).length, 2)
  await page.setData({ count: 4 })
  assert.strictEqual((await page.data()).count, 4)
  assert.deepStrictEqual(await page.callMethod('add', 2), { sum: 3 })
  assert.strictEqual((await page.size()).width, 393)
  await app.pageScrollTo(25)
  assert.strictEqual(await page.scrollTop(), 25)

  // --- elements
  await page.waitFor('.tea')
  await page.waitFor(5)
  await page.waitFor(async () => (await page.$$('.tea')).length === 2)
  assert.strictEqual(await page.$('.none'), null)
  assert.strictEqual(await page.getElementByXpath('//none'), null)
  assert.strictEqual((await page.getElementsByXpath('//view[@class="tea"]')).length, 2)
  assert.strictEqual(await (await page.xpath('/view[1]/text')).text(), '4')
  const top = await page.$('#top')
  assert.strictEqual(await top.text(), 'Teas: 4')
  assert.deepStrictEqual([await top.size(), await top.offset()], [{ width: 393, height: 40 }, { left: 0, top: 0 }])
  assert.deepStrictEqual([await top.attribute('class'), await top.style('color')], ['head big', 'red'])
  assert.strictEqual(await top.wxml(), 'Teas: <text>4</text>')
  assert.strictEqual(await (await top.$('text')).outerWxml(), '<text>4</text>')
  assert.strictEqual((await (await page.$('#outer')).$$('view')).length, 2)
  const name = await page.$('#name')
  await name.input('Grace')
  assert.deepStrictEqual([await name.value(), await page.data('name')], ['Grace', 'Grace'])
  await fails(top.property('value'), 'view.value not exists')
  await (await page.$('#note')).input('hot')
  const gift = await page.$('#gift')
  await gift.tap()
  assert.strictEqual(await gift.property('checked'), true)
  const many = await page.$('#many')
  await many.slideTo(3)
  assert.strictEqual(await many.value(), 3)
  const list = await page.$('#list')
  await list.scrollTo(0, 60)
  assert.deepStrictEqual([await list.property('scrollTop'), await list.property('scrollLeft')], [60, 0])
  assert.deepStrictEqual([await list.scrollWidth(), await list.scrollHeight()], [393, 500])
  const swiper = await page.$('#swiper')
  await swiper.swipeTo(2)
  assert.strictEqual(await swiper.property('current'), 2)
  const ball = await page.$('#ball')
  await ball.moveTo(30, 40)
  assert.deepStrictEqual([await ball.property('x'), await ball.property('y')], [30, 40])
  const inner = await page.$('#inner')
  await page.setData({ happened: [] })
  await inner.tap()
  await inner.longpress()
  await inner.touchmove({ touches: [{ identifier: 0, clientX: 1 }] })
  await inner.dispatchEvent({ eventName: 'tap', detail: { hard: true } })
  await inner.trigger('longpress', { long: true })
  const happened = (await page.data('happened')).filter(each => each[1] === 'inner').map(each => each[0])
  assert.deepStrictEqual(happened, ['touchstart', 'tap', 'touchstart', 'longpress', 'tap', 'longpress'])

  // --- wx
  assert.strictEqual((await app.systemInfo()).platform, 'devtools')
  await app.callWxMethod('setStorageSync', 'tea', { hot: true })
  assert.deepStrictEqual(await app.callWxMethod('getStorageSync', 'tea'), { hot: true })
  await fails(app.callWxMethod('fly'), 'wx.fly not exists')
  await app.mockWxMethod('request', { statusCode: 200, data: { sold: true } })
  await (await page.$('#buy')).tap()
  await page.waitFor(async () => (await page.data('answer')) !== null)
  assert.deepStrictEqual(await page.data('answer'), { sold: true })
  await app.restoreWxMethod('request')
  await app.mockWxMethod('getStorageInfo', function (options, extra) {
    return new Promise(resolve => this.origin({ success: found => resolve({ ...found, extra }) }))
  }, 'mocked')
  assert.strictEqual((await app.callWxMethod('getStorageInfo')).extra, 'mocked')
  for (const call of [() => app.callPluginWxMethod('p', 'login'), () => app.mockPluginWxMethod('p', 'login', {}), () => app.restorePluginWxMethod('p', 'login')]) {
    await fails(call(), 'plugins have no wx')
  }

  // --- functions of one's own
  assert.deepStrictEqual(await app.evaluate((a, b) => [a, b, getApp().globalData.user.name], 1, undefined), [1, null, 'Ada'])
  const told = []
  await app.exposeFunction('tell', (...given) => told.push(given))
  app.on('console', line => told.push([line.type, ...line.args]))
  await app.evaluate(() => 1)
  await app.evaluate(() => {
    tell('a', 1)
    console.info('b', 2)
  })
  assert.deepStrictEqual(told, [['a', 1], ['info', 'b', 2]])
  const thrown = new Promise(resolve => app.on('exception', resolve))
  await app.evaluate(() => void setTimeout(() => { throw new Error('out of tea') }, 1))
  assert.strictEqual((await thrown).message, 'out of tea')

  // --- a video
  page = await app.navigateTo('/pages/media/index')
  await (await page.$('#film')).callContextMethod('pause')
  await app.navigateBack()

  // --- DevTools
  const file = path.join(os.tmpdir(), `shot-${process.pid}.png`)
  await app.screenshot({ path: file })
  assert.strictEqual(fs.readFileSync(file).subarray(1, 4).toString(), 'PNG')
  fs.unlinkSync(file)
  assert.strictEqual((await app.testAccounts()).length, 1)
  const { ticket } = await app.getTicket()
  await app.refreshTicket()
  assert.notStrictEqual((await app.getTicket()).ticket, ticket)
  await app.setTicket('mine')
  await app.remote(true)
  await fails(app.stopAudits(), 'unimplemented')

  // --- dialogs and bars
  const modal = async answer => {
    const asked = app.callWxMethod('showModal', { title: 'Really?' })
    await answered(native, answer)
    return (await asked).confirm
  }
  assert.deepStrictEqual([await modal('confirmModal'), await modal('cancelModal')], [true, false])
  const authorize = async (scope, answer) => {
    const asked = app.callWxMethod('authorize', { scope }).then(() => true, () => false)
    await answered(native, answer)
    return asked
  }
  assert.strictEqual(await authorize('scope.record', 'authorizeAllow'), true)
  assert.strictEqual(await authorize('scope.camera', 'authorizeCancel'), false)
  await native.switchTab({ url: 'pages/mine/index' })
  await native.goHome()
  assert.strictEqual((await app.currentPage()).path, 'pages/shop/index')
  await app.navigateTo('/pages/tea/index')
  await native.navigateLeft()
  assert.strictEqual((await app.currentPage()).path, 'pages/shop/index')
  for (const method of ['closePaymentDialog', 'shareConfirm', 'shareCancel']) {
    assert.match((await native[method]()).error.message, /nothing of the kind is open/)
  }
  await app.checkVersion()

  const other = await automator.connect({ wsEndpoint: url })
  other.disconnect()
  await app.close()
}

/** The public methods, as the client's declarations have them. */
function declared() {
  const found = {}
  for (const file of ['Automator', 'MiniProgram', 'Page', 'Element', 'Native']) {
    let kind
    for (const line of fs.readFileSync(path.join(client, 'out', `${file}.d.ts`), 'utf8').split('\n')) {
      kind = line.match(/^export .*class (\w+)/)?.[1] ?? kind
      const method = line.match(/^ {4}([\w$]+)\(/)?.[1]
      if (kind && method && method !== 'constructor') (found[kind] ??= []).push(method)
    }
  }
  return found
}

main(process.argv[2]).then(
  () => console.log(JSON.stringify({ worked: [...worked], failed: Object.fromEntries(failed), members: declared() })),
  error => {
    console.error(error)
    process.exit(1)
  },
)
