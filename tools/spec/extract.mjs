// node extract.mjs NODE_MODULES: prints every fact that the spec takes from upstream, as one JSON document.
import { createRequire } from 'node:module'
import path from 'node:path'

import { readAdapters } from './adapters.mjs'
import { readDeclarations } from './declarations.mjs'

const modules = path.resolve(process.argv[2])
const ts = createRequire(path.join(modules, 'index.js'))('typescript')
const facts = {
  declarations: readDeclarations(ts, path.join(modules, '@tarojs/taro')),
  code: readAdapters(ts, path.join(modules, '@tarojs')),
}
process.stdout.write(JSON.stringify(facts))
