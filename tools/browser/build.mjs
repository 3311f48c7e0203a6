// Builds the page's program, as a development build: `node build.mjs NODE_MODULES OUT`.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const [modules, outfile] = process.argv.slice(2)
const { build } = createRequire(path.join(modules, 'x.js'))('esbuild')
const app = path.join(import.meta.dirname, 'app', 'boot.js')
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
const define = {
  global: 'window',
  ...Object.fromEntries(Object.entries(ENVIRONMENT).map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)])),
  'process.env': JSON.stringify(ENVIRONMENT),
  ...Object.fromEntries(FLAGS.map(name => [`ENABLE_${name}`, 'false'])),
}

await build({
  entryPoints: [app],
  outfile,
  bundle: true,
  format: 'iife',
  platform: 'browser',
  mainFields: ['main:h5', 'browser', 'module', 'main'],
  nodePaths: [modules],
  alias: { '@tarojs/taro': apis },
  define,
  loader: { '.css': 'empty', '.scss': 'empty', '.svg': 'text' },
  logLevel: 'error',
})
process.stdout.write(JSON.stringify({ bytes: fs.statSync(outfile).size }))
