// A Taro app as its command line would build one for h5: three pages, two of them tabs, the hash router, React. It is
// launched when the recorder says so, which by then hears everything that happens in it.
import '@tarojs/plugin-platform-h5/dist/runtime'
import { defineCustomElementTaroPullToRefreshCore } from '@tarojs/components/dist/components'
import '@tarojs/plugin-framework-react/dist/runtime'
import * as named from '@tarojs/plugin-platform-h5/dist/runtime/apis'
import * as hooks from '@tarojs/plugin-framework-react/dist/runtime'
import { createReactApp } from '@tarojs/plugin-framework-react/dist/runtime'
import { createHashHistory, createRouter, handleAppMountWithTabbar } from '@tarojs/router'
import { window as taroWindow } from '@tarojs/runtime'
import React from 'react'
import ReactDOM from 'react-dom/client'
import { entryOf, pageOf } from './pages.js'

/** All that a program finds on `Taro` on h5. */
const Taro = Object.assign({}, named, named.default, hooks)

Taro.initPxTransform({ designWidth: 750, deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 } })
defineCustomElementTaroPullToRefreshCore()
window.Taro = Object.assign(Taro, { launch })

/** Launches the app. `lived` is told of each moment; `pages` has what they show and do, by their names. */
function launch(appConfig, lived, pages) {
  const config = {
    ...appConfig,
    router: { mode: 'hash' },
    routes: appConfig.pages.map(path => ({
      path,
      load: async (context, params) => [pageOf(path, lived, pages), context, params],
      ...appConfig.pageConfigs?.[path],
    })),
  }
  window.__taroAppConfig = config
  const app = createReactApp(entryOf(lived), React, ReactDOM, config)
  const history = createHashHistory({ window: taroWindow })
  handleAppMountWithTabbar(config, history)
  createRouter(history, app, config, React)
}
