// node extract.mjs NODE_MODULES: prints what the declarations of @tarojs/taro say, as one JSON document.
import { createRequire } from 'node:module'
import path from 'node:path'

import { readDeclarations } from '../spec/declarations.mjs'

const modules = path.resolve(process.argv[2])
const ts = createRequire(path.join(modules, 'index.js'))('typescript')
process.stdout.write(JSON.stringify(readDeclarations(ts, path.join(modules, '@tarojs/taro'))))
