// A Taro app as its command line builds one for h5: React, the hash router, and pages without content. When it is
// there, `Taro` is a global, which is what agent.js waits for; life.js tells of what happens to it.
import '@tarojs/plugin-platform-h5/dist/runtime'
import { defineCustomElementTaroPullToRefreshCore } from '@tarojs/components/dist/components'
import '@tarojs/plugin-framework-react/dist/runtime'
import * as named from '@tarojs/plugin-platform-h5/dist/runtime/apis'
import * as hooks from '@tarojs/plugin-framework-react/dist/runtime'
import { createReactApp } from '@tarojs/plugin-framework-react/dist/runtime'
import { createHashHistory, createRouter, handleAppMount, handleAppMountWithTabbar } from '@tarojs/router'
import { window as taroWindow } from '@tarojs/runtime'
import React, { createElement, useEffect } from 'react'
import ReactDOM from 'react-dom/client'
import { life } from './life.js'

const appConfig = APP_CONFIG // what `taropy page build` was given
const Taro = Object.assign({}, named, named.default, hooks)

const config = {
  ...appConfig,
  router: { mode: 'hash', ...appConfig.router },
  routes: appConfig.pages.map(path => ({
    path,
    load: async (context, params) => [Page, context, params],
    ...appConfig.pageConfigs?.[path],
  })),
}
window.__taroAppConfig = config
const { useApp, usePage } = life(Taro, React)
Taro.initPxTransform({ designWidth: 750, deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 } })

const open = () => void (window.Taro ??= Taro)

/** A page is there when it is shown for the first time, or the app has heard that there is none. */
function Page() {
  usePage()
  useEffect(open, [])
  return createElement('div', { className: 'content' })
}

function App({ children }) {
  useApp()
  hooks.usePageNotFound(open)
  return children
}

defineCustomElementTaroPullToRefreshCore()
const app = createReactApp(App, React, ReactDOM, config)
const history = createHashHistory({ window: taroWindow })
;(appConfig.tabBar ? handleAppMountWithTabbar : handleAppMount)(config, history)
createRouter(history, app, config, React)
