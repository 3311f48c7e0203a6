#!/bin/sh
# playwright-core 1.65.1 (npm): a page hears garbled text from `routeFromHAR` if its server did not speak UTF-8.
#
# `recordHar` keeps texts decoded, as HAR 1.2 has it: "茶" for the two bytes that a server has sent with charset=gbk, and
# the file says so rightly. `routeFromHAR` sends the text as UTF-8, under the header that was recorded, which still says
# gbk; so the page, which goes by the header, reads "鑼�" from a recording in which everything is right. A text in
# ISO-8859-1 fares the same; one without a charset does not.
#
# Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and the difference when it is not.
# Needs Chromium: $CHROMIUM, or /usr/bin/chromium.
set -eu

chromium=${CHROMIUM:-/usr/bin/chromium}
[ -x "$chromium" ] || { echo "no Chromium at $chromium"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent playwright-core@1.65.1 >"$folder/npm" 2>&1 || { cat "$folder/npm"; exit 2; }

cat >"$folder/expected" <<'EXPECTED'
gbk: live 茶, in the file 茶, replayed 鑼�
iso-8859-1: live café, in the file café, replayed cafÃ©
none: live tea, in the file tea, replayed tea
EXPECTED

cat >"$folder/program.cjs" <<'PROGRAM'
const { readFileSync } = require('fs')
const { createServer } = require('http')
const { chromium } = require('playwright-core')

const TEXTS = { gbk: Buffer.from([0xb2, 0xe8]), 'iso-8859-1': Buffer.from('caf\xe9', 'latin1'), none: Buffer.from('tea') }

const server = createServer((request, response) => {
  const charset = request.url.slice(1)
  const type = { page: 'text/html', none: 'text/plain' }[charset] ?? `text/plain; charset=${charset}`
  response.writeHead(200, { 'content-type': type }).end(TEXTS[charset] ?? '<p>page</p>')
})

const ask = async (context, origin) => {
  const page = await context.newPage()
  await page.goto(`${origin}/page`)
  // XMLHttpRequest reads a text by the charset of its header; `fetch` would not.
  const heard = await page.evaluate(async charsets => {
    const texts = {}
    for (const charset of charsets) {
      texts[charset] = await new Promise(done => {
        const request = new XMLHttpRequest()
        request.open('GET', `/${charset}`)
        request.onload = () => done(request.responseText)
        request.send()
      })
    }
    return texts
  }, Object.keys(TEXTS))
  await page.waitForTimeout(500) // or else the body of the last request may be missing from the file
  await context.close()
  return heard
}

server.listen(0, '127.0.0.1', async () => {
  const origin = `http://127.0.0.1:${server.address().port}`
  const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] })
  const path = 'recorded.har'
  const live = await ask(await browser.newContext({ recordHar: { path, content: 'embed' } }), origin)
  const context = await browser.newContext()
  await context.routeFromHAR(path, { notFound: 'abort' })
  const replayed = await ask(context, origin)
  const { entries } = JSON.parse(readFileSync(path, 'utf8')).log
  for (const charset of Object.keys(TEXTS)) {
    const { text } = entries.find(entry => entry.request.url === `${origin}/${charset}`).response.content
    console.log(`${charset}: live ${live[charset]}, in the file ${text}, replayed ${replayed[charset]}`)
  }
  await browser.close()
  server.close()
})
PROGRAM

node "$folder/program.cjs" "$chromium" >"$folder/seen"
diff "$folder/expected" "$folder/seen" || exit 1
cat "$folder/seen"
