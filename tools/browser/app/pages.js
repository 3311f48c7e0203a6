// The app and its pages: they tell what happens to them, and do what the case has them do.
import { useDidHide, useDidShow, useError, useLaunch, useLoad, usePageNotFound, usePageScroll, usePullDownRefresh, useReachBottom, useReady, useResize, useTabItemTap, useUnload } from '@tarojs/plugin-framework-react/dist/runtime'
import { createElement as h } from 'react'

const LIFE = {
  load: useLoad,
  show: useDidShow,
  ready: useReady,
  hide: useDidHide,
  unload: useUnload,
  scroll: usePageScroll,
  'reach bottom': useReachBottom,
  'pull down': usePullDownRefresh,
  resize: useResize,
  'tab item tap': useTabItemTap,
}
const APP_LIFE = {
  launch: useLaunch,
  show: useDidShow,
  hide: useDidHide,
  error: useError,
  'page not found': usePageNotFound,
}

const rendered = new Set()

/** The component of a page; its name in recordings is the folder that it is in. */
export function pageOf(path, lived, pages) {
  const name = path.split('/')[1]
  const { content = name, does = {} } = pages[name] ?? {}
  return function Page() {
    live(name, LIFE, lived, does)
    if (!rendered.has(name)) {
      rendered.add(name)
      does.render?.()
    }
    return h('div', { className: 'content', dangerouslySetInnerHTML: { __html: content } })
  }
}

/** The component of the app, around its pages. */
export function entryOf(lived) {
  return function App({ children }) {
    live('app', APP_LIFE, lived, {})
    return children
  }
}

function live(name, life, lived, does) {
  for (const [moment, use] of Object.entries(life)) {
    use((...given) => {
      lived(name, moment, given)
      does[moment]?.(given[0])
    })
  }
}
