// Tells a program in Python of an app's life: what the hooks of Taro's React apps hear, in the order of its happening.
//
//     const { useApp, usePage } = life(Taro, React) // once, before the app is shown
//     function App({ children }) { useApp(); … }    // the app's component
//     function Page() { usePage(); … }              // each page's
//
// agent.js finds `taropyApp`, which this makes. What happens before the program listens is kept for it.

const OF_APP = {
  useLaunch: 'onLaunch',
  useDidShow: 'onShow',
  useDidHide: 'onHide',
  useError: 'onError',
  usePageNotFound: 'onPageNotFound',
  useUnhandledRejection: 'onUnhandledRejection',
}
const OF_PAGE = {
  useDidShow: 'onShow',
  useReady: 'onReady',
  useDidHide: 'onHide',
  useUnload: 'onUnload',
  usePullDownRefresh: 'onPullDownRefresh',
  usePullIntercept: 'onPullIntercept',
  useReachBottom: 'onReachBottom',
  usePageScroll: 'onPageScroll',
  useResize: 'onResize',
  useTabItemTap: 'onTabItemTap',
}
const AT_FIRST = ['onLaunch', 'onShow', 'onLoad', 'onReady', 'onPageNotFound']
const MOST = 1000 // so much is kept while no program listens
const LONGEST = 2000 // after so many milliseconds a route counts as through, whatever has become of it
const SOON = 500 // in so many a tap leads to another page, if it does

export function life(Taro, React) {
  const config = () => window.__taroAppConfig || {}
  const center = Taro.eventCenter
  const pages = new Map() // those that have been loaded and not unloaded, by their path: whether they are ready
  const waiting = new Set()
  let kept = []
  let listener = null
  let heard = false
  let method = ''
  let going = false
  let depth = 0
  let slides = 0 // how many pages slide into the window

  // --- what happens -------------------------------------------------------------------------------------------------

  const stack = () => Taro.getCurrentPages().map(page => page.path)

  function tell(event, path, ...given) {
    const told = [event, path, stack(), ...given]
    if (listener) listener(...told)
    else if (!heard && kept.length < MOST) kept.push(told)
    look()
  }

  function useApp() {
    for (const [hook, event] of Object.entries(OF_APP)) Taro[hook]((...given) => tell(event, null, ...given))
  }

  function usePage() {
    const path = React.useRef(null)
    Taro.useLoad(query => {
      const page = Taro.getCurrentPages().find(({ $taroParams }) => $taroParams && $taroParams.stamp === query.stamp)
      if (!page) return
      path.current = page.path
      pages.set(page.path, false)
      tell('onLoad', page.path, query, page.getOpenerEventChannel())
    })
    for (const [hook, event] of Object.entries(OF_PAGE)) {
      Taro[hook]((...given) => {
        if (!path.current) return
        if (event === 'onReady') pages.set(path.current, true)
        if (event === 'onUnload') pages.delete(path.current)
        tell(event, path.current, ...(event === 'onShow' ? [] : given))
      })
    }
  }

  // --- the way from page to page --------------------------------------------------------------------------------------

  const bare = path => path.split('?')[0].replace(/^\//, '')
  const isTab = path => ((config().tabBar || {}).list || []).some(tab => bare(tab.pagePath) === bare(path))

  center.on('__taroRouterChange', ({ toLocation }) => {
    const [top] = stack().slice(-1)
    // A tab that is shown already stays as it is, and nothing tells so.
    going = !(top && isTab(top) && bare(top) === bare(toLocation.path) && method !== 'reLaunch')
    method = ''
    for (const each of [...waiting]) if (each.going) each.going()
  })
  for (const end of ['__afterTaroRouterChange', '__taroRouterNotFound']) {
    center.on(end, () => {
      going = false
      const before = depth
      depth = stack().length
      if (before && depth > before) slideIn()
      look()
    })
  }

  /** A page that is left while it slides in leaves the one below it hidden: taro-h5 hides that when this is over. */
  function slideIn() {
    const { animation = { duration: 300, delay: 50 } } = config()
    slides += 1
    setTimeout(
      () => {
        slides -= 1
        look()
      },
      animation ? (animation.duration || 0) + (animation.delay || 0) : 0
    )
  }

  /** Whether all pages have been told, and stand still: one that slides out is unloaded after the next one is shown. */
  function isThrough() {
    const open = stack()
    const [top] = open.slice(-1)
    const isReady = document.hidden || pages.get(top) !== false
    return !going && !slides && isReady && [...pages.keys()].every(path => open.includes(path) || isTab(path))
  }

  function look() {
    if (waiting.size && isThrough()) for (const each of [...waiting]) if (each.through) each.through()
  }

  function wait(name, longest) {
    return new Promise(resolve => {
      const each = {
        [name]: () => {
          clearTimeout(timer)
          waiting.delete(each)
          resolve()
        },
      }
      const timer = setTimeout(each[name], longest)
      waiting.add(each)
    })
  }

  /** When the route that is under way is through. */
  const routed = () => (isThrough() ? Promise.resolve() : wait('through', LONGEST))

  const frame = () =>
    new Promise(resolve => {
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))
      setTimeout(resolve, document.hidden ? 0 : SOON)
    })

  // --- what the program asks ----------------------------------------------------------------------------------------------

  const mode = () => (config().router || {}).mode || 'hash'
  const here = () => (mode() === 'hash' ? location.hash.slice(1) : location.pathname + location.search)
  const isNew = () => !heard && kept.length < MOST && kept.every(([event]) => AT_FIRST.includes(event)) && pages.size <= 1

  function goTo(url) {
    const base = ((config().router || {}).basename || '').replace(/\/$/, '')
    history.replaceState(null, '', mode() === 'hash' ? `#${url}` : base + url)
    setTimeout(() => location.reload())
  }

  /**
   * Has the program told from now on, and of what has been since the page was loaded; gives when its first page is ready.
   *
   * A page where more has been than its start, or that is not at the address `url`, is loaded anew, and not heard of here.
   */
  async function attach({ to, url, anyway }) {
    if (!anyway && (!isNew() || (url !== null && url !== here()))) {
      listener = null
      heard = true
      goTo(url === null ? '/' : url)
      return { anew: true }
    }
    heard = true
    listener = to
    for (const told of kept.splice(0)) to(...told)
    await routed()
    return { anew: false }
  }

  // What is gone is told no more: that it is hidden as it goes, might reach the program, or might not.
  window.addEventListener('pagehide', () => (listener = null))

  window.taropyApp = Object.freeze({
    attach,
    /** The function of this name is called now. */
    begins: name => void (method = name),
    routed,
    /** When what a person has done is through: if it `leads` to another page, when that is shown. */
    async through({ leads }) {
      if (leads && !going) await wait('going', SOON)
      await frame()
      await routed()
    },
    routes: () => (config().routes || []).map(({ path }) => bare(path)),
    title: () => document.title,
  })
  return { useApp, usePage }
}
