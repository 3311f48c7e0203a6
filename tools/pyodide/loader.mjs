// Loads taropy into Pyodide: the wheels beside this file, from a server or from the disk, without a package index.
//
//   import { loadPyodide } from './pyodide.mjs'
//   import { install } from './taropy.mjs'
//   const pyodide = await loadPyodide()
//   await install(pyodide)
//   await pyodide.runPythonAsync('from taropy import Taro; print(await Taro.login())')

/** Unpacks the wheels where Pyodide looks for packages. */
export async function install(pyodide) {
  const [major, minor] = pyodide.runPython('import sys; list(sys.version_info[:2])').toJs()
  const extractDir = `/lib/python${major}.${minor}/site-packages`
  const names = JSON.parse(new TextDecoder().decode(await read('wheels.json')))
  const wheels = await Promise.all(names.map(read))
  for (const wheel of wheels) pyodide.unpackArchive(wheel, 'wheel', { extractDir })
}

async function read(name) {
  const url = new URL(name, import.meta.url)
  if (url.protocol === 'file:') {
    const { readFile } = await import('node:fs/promises')
    return new Uint8Array(await readFile(url))
  }
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
