// Shows the page in Chromium, plays every case in a fresh context, and prints what came of each, one JSON object.
//
//   node drive.mjs NODE_MODULES CHROMIUM < {"device": {}, "servers": [{"addresses": {}, "control": URL}], "cases": [{}]}
//
// Each set of servers has one case at a time. What the page itself does is app/player.js's; here is what a person, the
// world around, and the servers do.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { act } from './person.mjs'

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--mute-audio',
]
const PATIENCE = 20000
const OUTSIDE = new Set(['arrived', 'person', 'received', 'release'])

const [modules, executablePath] = process.argv.slice(2)
const { chromium } = createRequire(path.join(modules, 'x.js'))('playwright-core')
const { device, servers, cases, files } = JSON.parse(fs.readFileSync(0, 'utf8'))

const recorded = {}
const waiting = [...cases]
await Promise.all(servers.map(worker))
process.stdout.write(JSON.stringify(Object.fromEntries(cases.map(({ id }) => [id, recorded[id]]))))

/** Plays cases, each in turn, in a browser of its own; one that has gone is started again, and the case with it. */
async function worker(server) {
  let own = await start()
  for (let told = waiting.shift(); told; told = waiting.shift()) {
    try {
      recorded[told.id] = await record(told, server, own)
    } catch (error) {
      if (own.browser.isConnected()) throw new Error(`${told.id}: ${error.message}`)
      own = await start()
      recorded[told.id] = await record(told, server, own)
    }
  }
  await own.browser.close()
}

async function start() {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS })
  return { browser, context: await newContext(browser, {}) }
}

async function record(told, server, own) {
  await control(server, 'begin', told.routes ?? {})
  const context = told.world ? await newContext(own.browser, told.world) : own.context
  try {
    const stage = await open(context, told, server)
    const log = await play(stage, told, server)
    await leave(stage)
    return log
  } finally {
    await control(server, 'end', {})
    if (told.world) await context.close()
  }
}

function newContext(browser, { permissions = [], ...world }) {
  return browser.newContext({ ...device, ...world, permissions })
}

/** Leaves the browser as a case found it, but for its cache, which makes the next one faster. */
async function leave({ page, context }) {
  await context.setOffline(false)
  await page.evaluate(() => localStorage.clear())
  await page.close()
  await context.clearCookies()
}

async function open(context, told, server) {
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const stage = { page, context, device, files, choosers: [], loads: 0 }
  page.on('filechooser', chooser => stage.choosers.push(chooser))
  if (process.env.SHOW) page.on('console', m => console.error(m.text())), page.on('pageerror', e => console.error('PAGEERROR', e))
  page.on('domcontentloaded', () => (stage.loads += 1))
  const recording = { told, addresses: server.addresses, appConfig: told.app }
  await page.addInitScript(given => (window.recording = given), recording)
  await page.addInitScript(() => (navigator.getBattery = async () => ({ charging: true, level: 1 })))
  await page.goto(`${server.addresses.origin}/${told.at ?? ''}`)
  await page.waitForFunction(() => window.player)
  await page.evaluate(told => (told.unready ? undefined : window.player.ready), told)
  await page.evaluate(() => window.player.play([['quiet']]))
  await page.evaluate(() => (window.player.opened = true))
  if (!told.boot) await page.evaluate(() => void window.player.log.splice(0))
  return stage
}

/** Plays the steps, those of the page in one go; a page that is loaded anew has forgotten what was before. */
async function play(stage, told, server) {
  const log = []
  for (const steps of segments(told.do)) {
    const [verb, ...given] = steps[0]
    if (!OUTSIDE.has(verb)) await inPage(stage, steps)
    else if (verb === 'person') await act(stage, ...given)
    else log.push(...(await keep(stage)), ...(await serverStep(server, verb, given)))
  }
  await inPage(stage, [['quiet']])
  return [...log, ...(await keep(stage))]
}

/** Steps that follow each other in the page are one segment, so that nothing comes between them. */
function segments(steps) {
  const found = []
  for (const step of steps) {
    if (found.length && !OUTSIDE.has(step[0]) && !OUTSIDE.has(found.at(-1)[0][0])) found.at(-1).push(step)
    else found.push([step])
  }
  return found
}

async function inPage(stage, steps) {
  try {
    await stage.page.evaluate(given => window.player.play(given), steps)
  } catch (error) {
    if (!/context was destroyed|navigation/.test(error.message)) throw error
    await stage.page.waitForFunction(() => window.player)
  }
}

/** What has been written down since the last time; a page that was loaded anew has forgotten it. */
async function keep(stage) {
  const log = await stage.page.evaluate(() => window.player.log.splice(0))
  if (stage.loads === 1) return log
  stage.loads = 1
  return [['the page is loaded anew']]
}

async function serverStep(server, verb, given) {
  if (verb !== 'received') {
    await control(server, verb, { path: given[0] })
    return []
  }
  return [['received', ...(await control(server, 'received', { options: given[0] === 'with options' }))]]
}

async function control(server, verb, body) {
  const response = await fetch(`${server.control}/${verb}`, { method: 'POST', body: JSON.stringify(body) })
  return response.json()
}
