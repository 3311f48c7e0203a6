// Lets Node load Taro's packages, which are ES modules without saying so and name each other without a file.
import path from 'node:path'
import { pathToFileURL } from 'node:url'

let root

export async function initialize(data) {
  root = data.root
}

export async function resolve(specifier, context, next) {
  if (!specifier.startsWith('@tarojs/')) return next(specifier, context)
  return { url: pathToFileURL(path.join(root, specifier, 'dist/index.js')).href, shortCircuit: true }
}

export async function load(url, context, next) {
  return next(url, url.includes('/@tarojs/') ? { ...context, format: 'module' } : context)
}
