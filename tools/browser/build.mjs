// Builds the page's program, as `taropy page build` does: `node build.mjs NODE_MODULES OUT`.
import fs from 'node:fs'
import path from 'node:path'
import { bundle } from '../../taropy/hosts/page/shell/bundle.mjs'

const [modules, outfile] = process.argv.slice(2)
await bundle(modules, path.join(import.meta.dirname, 'app', 'boot.js'), outfile)
process.stdout.write(JSON.stringify({ bytes: fs.statSync(outfile).size }))
