// What a person does at the page, and what happens to the device that shows it.

const TAPS = {
  'confirms': '.taro-model__confirm',
  'cancels': '.taro-model__cancel',
  'cancels the sheet': '.taro__actionSheet > div:last-child > div:last-child',
  'closes the preview': '.preview-image',
}

const ACTS = {
  // The first cell is the sheet's title, shown or not.
  'chooses': async ({ page }, index) => page.locator('.taro-actionsheet__cell').nth(index + 1).click(),
  'taps the tab': async ({ page }, index) => page.locator('taro-tabbar .weui-tabbar__item').nth(index).click(),
  'presses back': async ({ page }) => page.evaluate(() => history.back()),
  'presses forward': async ({ page }) => page.evaluate(() => history.forward()),
  'picks': async (stage, ...names) => (await chooser(stage)).setFiles(names.map(name => stage.files[name])),
  'picks nothing': async stage => {
    await chooser(stage)
    // Playwright has no way to close a chooser; what the browser then tells the input is this event.
    await stage.page.evaluate(() => document.querySelector('input[type=file]').dispatchEvent(new Event('cancel')))
  },
  'turns the window': turn,
  'goes offline': async ({ context }) => context.setOffline(true),
  'goes online': async ({ context }) => context.setOffline(false),
  'goes to': async ({ context }, position) => context.setGeolocation(position),
  'prefers': async ({ page }, colorScheme) => page.emulateMedia({ colorScheme }),
  'scrolls': async ({ page }, top) =>
    page.evaluate(to => [...document.querySelectorAll('.taro_page')].pop().scrollTo(0, to), top),
  'leaves': async stage => visibility(stage, 'hidden'),
  'comes back': async stage => visibility(stage, 'visible'),
}

export async function act(stage, what, ...given) {
  if (what in TAPS) await stage.page.locator(TAPS[what]).click()
  else await ACTS[what](stage, ...given)
}

/** The screen turns with the window, whose bars take as much of it as before. */
async function turn({ page, context, device }, width, height) {
  const [long, short] = [device.screen.height, device.screen.width]
  const landscape = width > height
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    screenWidth: landscape ? long : short,
    screenHeight: landscape ? short : long,
    deviceScaleFactor: device.deviceScaleFactor,
    mobile: true,
    screenOrientation: landscape ? { type: 'landscapePrimary', angle: 90 } : { type: 'portraitPrimary', angle: 0 },
  })
}

async function chooser(stage) {
  if (!stage.choosers.length) await stage.page.waitForEvent('filechooser')
  return stage.choosers.shift()
}

/** A headless page is never hidden by another one: it is told so, as the browser would. */
async function visibility({ page }, state) {
  await page.evaluate(now => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true })
    window.dispatchEvent(new Event('visibilitychange'))
    document.dispatchEvent(new Event('visibilitychange', { bubbles: false }))
  }, state)
}
