// The app and its pages: they write down what happens to them, and do what the case has them do.
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

/** The component of a page; its name in recordings is the folder that it is in. */
export function pageOf(path, player) {
  const name = path.split('/')[1]
  return function Page() {
    live(name, LIFE, player)
    player.rendered(name)
    return h('div', { className: 'content', dangerouslySetInnerHTML: { __html: player.contentOf(name) } })
  }
}

/** The component of the app, around its pages. */
export function entryOf(player) {
  return function App({ children }) {
    live('app', APP_LIFE, player)
    return children
  }
}

function live(name, life, player) {
  for (const [moment, use] of Object.entries(life)) use((...given) => player.lived(name, moment, given))
}
