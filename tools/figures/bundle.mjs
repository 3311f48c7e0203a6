// Bundles a module for Node.js: types are blanked out, `@tarojs/taro` is what the player gives, and a package that is
// installed neither beside the module nor in ./node_modules is one of which every use throws.
//
//   node bundle.mjs MODULE OUTPUT SETTINGS    with esbuild in ./node_modules
//
// SETTINGS is JSON: `define`, what the build puts in place of names, and `aliases`, pairs of a pattern and a path.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [module, output, settings] = process.argv.slice(2)
const { define, aliases } = JSON.parse(settings)
const { build } = createRequire(path.join(process.cwd(), 'here.js'))('esbuild')

const SUFFIXES = ['', '.ts', '.tsx', '.js', '.jsx', '/index.ts', '/index.tsx', '/index.js', '/index.jsx']

function fileAt(place) {
  const found = SUFFIXES.map(suffix => place + suffix).find(each => fs.existsSync(each) && fs.statSync(each).isFile())
  return found ? { path: found } : undefined
}

const plugin = {
  name: 'figures',
  setup(made) {
    made.onResolve({ filter: /^@tarojs\/taro(-\w+)?$/ }, () => ({ path: 'taro', namespace: 'taro' }))
    made.onResolve({ filter: /\.(s?css|sass|less|styl|png|jpe?g|gif|svg|webp)$/ }, given => ({ path: given.path, namespace: 'asset' }))
    made.onResolve({ filter: /^[^./]/ }, async given => {
      if (given.pluginData?.seen) return undefined
      for (const [start, end, place] of aliases) {
        if (!given.path.startsWith(start) || !given.path.endsWith(end)) continue
        const found = fileAt(place.replace('*', given.path.slice(start.length, given.path.length - end.length)))
        if (found) return found
      }
      const { path: file, errors } = await made.resolve(given.path, { kind: given.kind, resolveDir: given.resolveDir, pluginData: { seen: true } })
      if (!errors.length) return { path: file }
      const known = await made.resolve(given.path, { kind: given.kind, resolveDir: process.cwd(), pluginData: { seen: true } })
      return known.errors.length ? { path: given.path, namespace: 'foreign' } : { path: known.path }
    })
    made.onLoad({ filter: /.*/, namespace: 'taro' }, () => ({ contents: 'module.exports = globalThis.$taro' }))
    made.onLoad({ filter: /.*/, namespace: 'asset' }, given => ({ contents: `module.exports = ${JSON.stringify(path.basename(given.path))}` }))
    made.onLoad({ filter: /.*/, namespace: 'foreign' }, given => ({ contents: `module.exports = globalThis.$foreign(${JSON.stringify(given.path)})` }))
  },
}

await build({
  entryPoints: [module],
  outfile: output,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  jsx: 'transform',
  loader: { '.js': 'jsx' },
  define,
  plugins: [plugin],
  logLevel: 'error',
})
