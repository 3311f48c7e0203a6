// Bundles taro-h5 with the shell beside this file: `node build.mjs NODE_MODULES OUT < app.json`.
// It is a development build: a production build's stubs succeed.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const [modules, out] = process.argv.slice(2)
const { build } = createRequire(path.join(modules, 'x.js'))('esbuild')
const appConfig = JSON.parse(fs.readFileSync(0, 'utf8'))
const apis = path.join(modules, '@tarojs/plugin-platform-h5/dist/runtime/apis/index.js')
const manifest = JSON.parse(fs.readFileSync(path.join(modules, '@tarojs/taro-h5/package.json'), 'utf8'))

// What Taro's command line defines for a development build of h5.
const FLAGS = ['INNER_HTML', 'ADJACENT_HTML', 'SIZE_APIS', 'TEMPLATE_CONTENT', 'MUTATION_OBSERVER', 'CLONE_NODE', 'CONTAINS']
const ENVIRONMENT = {
  FRAMEWORK: 'react',
  NODE_ENV: 'development',
  SUPPORT_DINGTALK_NAVIGATE: 'disabled',
  SUPPORT_TARO_POLYFILL: 'disabled',
  TARO_ENV: 'h5',
  TARO_PLATFORM: 'web',
  TARO_VERSION: manifest.version,
}

await build({
  entryPoints: [path.join(import.meta.dirname, 'boot.js')],
  outfile: path.join(out, 'app.js'),
  bundle: true,
  format: 'iife',
  platform: 'browser',
  mainFields: ['main:h5', 'browser', 'module', 'main'],
  nodePaths: [modules],
  alias: { '@tarojs/taro': apis },
  define: {
    global: 'window',
    APP_CONFIG: JSON.stringify(appConfig),
    ...Object.fromEntries(Object.entries(ENVIRONMENT).map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)])),
    'process.env': JSON.stringify(ENVIRONMENT),
    ...Object.fromEntries(FLAGS.map(name => [`ENABLE_${name}`, 'false'])),
  },
  loader: { '.css': 'empty', '.scss': 'empty', '.svg': 'text' },
  logLevel: 'error',
})
fs.copyFileSync(path.join(import.meta.dirname, 'index.html'), path.join(out, 'index.html'))
