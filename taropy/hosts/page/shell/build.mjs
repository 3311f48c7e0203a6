// Bundles taro-h5 with the shell beside this file: `node build.mjs NODE_MODULES OUT < app.json`.
import fs from 'node:fs'
import path from 'node:path'
import { bundle } from './bundle.mjs'

const [modules, out] = process.argv.slice(2)
const appConfig = JSON.parse(fs.readFileSync(0, 'utf8'))

await bundle(modules, path.join(import.meta.dirname, 'boot.js'), path.join(out, 'app.js'), {
  APP_CONFIG: JSON.stringify(appConfig),
})
fs.copyFileSync(path.join(import.meta.dirname, 'index.html'), path.join(out, 'index.html'))
