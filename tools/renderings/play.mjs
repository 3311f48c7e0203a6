// Mounts each component in React, does its steps, and prints, as {COMPONENT: [[line, …], …]}, what each step printed.
//
//   node play.mjs FOLDER STEPS
//
// A step is `mount`, `update` or `unmount`, or the name of a function that an element was given: its own name, or, of
// one that is written where it is given, the attribute's; the second of a name is `onClick_2`.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createElement } from 'react'
import renderer from 'react-test-renderer'

process.env.NODE_ENV = 'production'
const [folder, steps] = process.argv.slice(2)

const write = process.stdout.write.bind(process.stdout)
let written = ''
process.stdout.write = text => {
  written += text
  return true
}

const recorded = {}
for (const [name, ofComponent] of Object.entries(JSON.parse(steps))) {
  const { default: component } = await import(pathToFileURL(path.join(folder, `${name}.mjs`)).href)
  recorded[name] = await played(component, ofComponent)
}
write(JSON.stringify(recorded))

async function played(component, ofComponent) {
  const lines = []
  let mounted
  let handlers = {}
  for (const { name, arguments: given } of ofComponent) {
    written = ''
    if (name === 'mount') mounted = renderer.create(createElement(component, given[0]), { unstable_isConcurrent: true })
    else if (name === 'update') mounted.update(createElement(component, given[0]))
    else if (name === 'unmount') mounted.unmount()
    else handlers[name](...given)
    await settled()
    if (name !== 'unmount') handlers = handlersOf(mounted.toTree()) ?? handlers
    lines.push(written.split('\n').slice(0, -1))
  }
  return lines
}

/** Until React's scheduler and all jobs have come to rest. */
async function settled() {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
  await new Promise(resolve => setTimeout(resolve, 20))
}

function handlersOf(tree, found = {}) {
  if (Array.isArray(tree)) tree.forEach(each => handlersOf(each, found))
  else if (tree && typeof tree === 'object') {
    if (tree.nodeType === 'host') {
      for (const value of Object.values(tree.props)) {
        if (typeof value !== 'function') continue
        let name = value.name
        for (let number = 2; found[name]; number++) name = `${value.name}_${number}`
        found[name] = value
      }
    }
    handlersOf(tree.rendered, found)
  }
  return found
}
