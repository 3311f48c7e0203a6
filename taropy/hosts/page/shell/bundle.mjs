// Bundles a Taro app for h5 as Taro's command line does, in a development build: a production build's stubs succeed.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

// What Taro's command line defines for a development build of h5.
const FLAGS = ['INNER_HTML', 'ADJACENT_HTML', 'SIZE_APIS', 'TEMPLATE_CONTENT', 'MUTATION_OBSERVER', 'CLONE_NODE', 'CONTAINS']
const ENVIRONMENT = {
  FRAMEWORK: 'react',
  NODE_ENV: 'development',
  SUPPORT_DINGTALK_NAVIGATE: 'disabled',
  SUPPORT_TARO_POLYFILL: 'disabled',
  TARO_ENV: 'h5',
  TARO_PLATFORM: 'web',
}

/** `entry` and what it imports from the folder `modules`, as the script `outfile`; `define` are constants of its own. */
export async function bundle(modules, entry, outfile, define = {}) {
  const { build } = createRequire(path.join(modules, 'x.js'))('esbuild')
  const manifest = JSON.parse(fs.readFileSync(path.join(modules, '@tarojs/taro-h5/package.json'), 'utf8'))
  const environment = { ...ENVIRONMENT, TARO_VERSION: manifest.version }
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    mainFields: ['main:h5', 'browser', 'module', 'main'],
    nodePaths: [modules],
    alias: { '@tarojs/taro': path.join(modules, '@tarojs/plugin-platform-h5/dist/runtime/apis/index.js') },
    define: {
      global: 'window',
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)])),
      'process.env': JSON.stringify(environment),
      ...Object.fromEntries(FLAGS.map(name => [`ENABLE_${name}`, 'false'])),
      ...define,
    },
    loader: { '.css': 'empty', '.scss': 'empty', '.svg': 'text' },
    logLevel: 'error',
  })
}
