// Reads what the code of each platform's adapter does with each API: a list of words per API, for each platform.
//
// The mini programs (weapp, alipay, swan, tt, qq, jd) have a table of differences over one shared adapter:
//   promise       the adapter makes a promise of the native callbacks
//   alias:NAME    the native function has another name
//   options       options are renamed, added or converted
//   result        the result is renamed or converted
//   sync          arguments or result of a synchronous call are converted
//   own           Taro's own function, whatever the host has
//   wrapped       Taro's own function around a native one of the same name
//   hidden        a native function that is not on Taro, since another one stands for it
// h5, rn, harmony and harmony-hybrid are implementations, of which every export is one of:
//   implemented   there is code
//   wechat        there is code inside WeChat's own browser only
//   stub          a function that says that it is not supported, or that does nothing and says so
import fs from 'node:fs'
import path from 'node:path'

const MINI_PROGRAMS = {
  weapp: 'plugin-platform-weapp/dist/runtime-utils.js',
  alipay: 'plugin-platform-alipay/dist/runtime-utils.js',
  swan: 'plugin-platform-swan/dist/runtime-utils.js',
  tt: 'plugin-platform-tt/dist/runtime-utils.js',
  qq: 'plugin-platform-qq/dist/runtime.js',
  jd: 'plugin-platform-jd/dist/runtime-utils.js',
}

const IMPLEMENTATIONS = {
  h5: ['plugin-platform-h5/dist/runtime/apis/index.js'],
  rn: ['taro-rn/dist/index.js'],
  harmony: ['plugin-platform-harmony-ets/dist/apis/index.ts'],
  'harmony-hybrid': ['plugin-platform-harmony-hybrid/dist/runtime/apis/index.js'],
}

export function readAdapters(ts, tarojs) {
  const code = { shared: readShared(ts, tarojs) }
  for (const [platform, file] of Object.entries(MINI_PROGRAMS)) code[platform] = readMiniProgram(ts, path.join(tarojs, file))
  const modules = new Modules(ts, tarojs)
  for (const [platform, files] of Object.entries(IMPLEMENTATIONS)) {
    code[platform] = Object.assign({}, ...files.map(file => modules.surface(path.join(tarojs, file))))
  }
  return code
}

// -- mini programs

/** What the shared adapter and @tarojs/api do on each of the six mini programs. */
function readShared(ts, tarojs) {
  const shared = parse(ts, path.join(tarojs, 'shared/dist/native-apis.js'))
  const api = parse(ts, path.join(tarojs, 'api/dist/index.js'))
  const words = new Words()
  words.add('promise', setItems(ts, initializer(ts, shared, 'needPromiseApis')))
  const common = functionNamed(ts, shared, 'equipCommonApis')
  const wrapped = assigned(ts, common, 'taro', isWrapper)
  words.add('wrapped', wrapped)
  words.add('own', assigned(ts, common, 'taro').filter(name => !wrapped.includes(name)))
  words.add('own', propertyNames(ts, initializer(ts, api, 'Taro')))
  words.add('own', assigned(ts, api, 'Taro'))
  return words.byName
}

/** `delayRef(taro, global, 'createSelectorQuery', 'exec')` calls the native function of that name. */
function isWrapper(value) {
  return value.expression?.text === 'delayRef'
}

function readMiniProgram(ts, file) {
  const source = parse(ts, file)
  const words = new Words()
  // qq's own stand beside a list that it took over from WeChat.
  for (const list of ['needPromiseApis', 'asyncApis']) words.add('promise', setItems(ts, initializer(ts, source, list)))
  readDifferences(ts, source, words)
  readModalAliases(ts, source, words)
  readConvertedResults(ts, source, words)
  words.add('options', comparedWith(ts, functionNamed(ts, source, 'transformMeta'), 'api'))
  words.add('result', comparedWith(ts, functionNamed(ts, source, 'modifyAsyncResult'), 'key'))
  words.add('sync', comparedWith(ts, functionNamed(ts, source, 'handleSyncApis'), 'key'))
  words.add('own', assigned(ts, functionNamed(ts, source, 'initNativeApi'), 'taro'))
  if (functionNamed(ts, source, 'request')) words.add('own', ['request'])
  words.add('hidden', hiddenNames(ts, source, words))
  return words.byName
}

/** What `modifyApis` takes away: `apis.delete('alert')`, and `apis.delete(platformKey)` for the alias of each API. */
function hiddenNames(ts, source, words) {
  const names = []
  const aliases = Object.values(words.byName).flat().filter(word => word.startsWith('alias:')).map(word => word.slice(6))
  each(ts, functionNamed(ts, source, 'modifyApis'), node => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'apis.delete') return
    const [deleted] = node.arguments
    names.push(...(ts.isStringLiteral(deleted) ? [deleted.text] : aliases))
  })
  return names
}

/** `apiDiff`: per API an alias and the options that change. */
function readDifferences(ts, source, words) {
  for (const [name, difference] of properties(ts, initializer(ts, source, 'apiDiff'))) {
    const parts = new Map(properties(ts, difference))
    if (parts.has('alias')) words.add(`alias:${parts.get('alias').text}`, [name])
    if (parts.has('options')) words.add('options', [name])
  }
}

/** An alias that depends on the options stands in transformMeta: `if (api === 'showModal') { … apiAlias = 'confirm' … }`. */
function readModalAliases(ts, source, words) {
  each(ts, functionNamed(ts, source, 'transformMeta'), node => {
    if (!ts.isIfStatement(node)) return
    const [name] = comparedWith(ts, node.expression, 'api')
    if (!name) return
    each(ts, node.thenStatement, inner => {
      if (isAssignment(ts, inner) && ts.isStringLiteral(inner.right)) words.add(`alias:${inner.right.text}`, [name])
    })
  })
}

/** `asyncResultApiDiff` is keyed by native names; the words belong to the API behind the alias. */
function readConvertedResults(ts, source, words) {
  const behind = native => {
    const names = Object.keys(words.byName).filter(name => words.byName[name].includes(`alias:${native}`))
    return names.length ? names : [native]
  }
  for (const [native] of properties(ts, initializer(ts, source, 'asyncResultApiDiff'))) words.add('result', behind(native))
}

class Words {
  byName = {}

  add(word, names) {
    for (const name of names) {
      const words = (this.byName[name] ??= [])
      if (!words.includes(word)) words.push(word)
    }
  }
}

// -- implementations

const STUB_MAKERS = /NotSupport|^weixinCorpSupport$/

/** The modules of an implementation, followed from export to export as far as the files go. */
class Modules {
  constructor(ts, tarojs) {
    this.ts = ts
    this.tarojs = tarojs
    this.files = new Map()
  }

  /** Every name that a program finds on Taro: the module's exports, and the properties of its default export. */
  surface(file) {
    const found = {}
    for (const [name, how] of this.exports(file)) if (name !== 'default') found[name] = [how()]
    for (const [name, how] of this.defaultProperties(file)) found[name] ??= [how()]
    return found
  }

  /** Exported names with a function that tells how each is made; a name's own file wins over `export *`. */
  exports(file, visiting = new Set()) {
    const found = new Map()
    if (!file || visiting.has(file)) return found
    visiting.add(file)
    const module = this.module(file)
    for (const target of module.stars) {
      for (const [name, how] of this.exports(this.resolve(file, target), visiting)) if (!found.has(name)) found.set(name, how)
    }
    for (const [name, { local, from }] of module.exports) {
      found.set(name, () => (from === undefined ? this.local(file, local) : this.exported(this.resolve(file, from), local)))
    }
    visiting.delete(file)
    return found
  }

  exported(file, name) {
    if (!file) return 'implemented'
    const how = this.exports(file).get(name)
    return how ? how() : 'implemented'
  }

  local(file, name) {
    const { imports, declarations } = this.module(file)
    if (imports.has(name)) return this.exported(this.resolve(file, imports.get(name).from), imports.get(name).name)
    return declarations.has(name) ? this.classify(file, declarations.get(name)) : 'implemented'
  }

  /** The properties of the default export, also through `Object.assign({}, apis)` and re-exports. */
  defaultProperties(file) {
    const [home, name] = this.defaultHome(file) ?? []
    if (!home) return []
    const { declarations, assignments } = this.module(home)
    const declared = declarations.get(name)
    const own = declared && this.ts.isObjectLiteralExpression(declared) ? propertyNames(this.ts, declared) : []
    const later = assignments.get(name) ?? []
    return [...own, ...later].map(property => [property, () => this.local(home, property)])
  }

  defaultHome(file) {
    const { exports, stars } = this.module(file)
    const entry = exports.get('default')
    if (!entry) return undefined
    if (entry.from === undefined) return [file, entry.local]
    const next = this.resolve(file, entry.from)
    return next && this.defaultHome(next)
  }

  classify(file, node) {
    const { ts } = this
    if (isMarkedEmpty(ts, node) || onlyWarns(ts, node)) return 'stub'
    const value = unwrapped(ts, ts.isVariableDeclaration(node) ? node.initializer : node)
    if (!value) return 'implemented'
    if (ts.isIdentifier(value)) return this.local(file, value.text)
    if (ts.isCallExpression(value)) return this.classifyCall(value)
    if (ts.isObjectLiteralExpression(value)) return this.allStubs(file, value.properties.map(property => property.initializer))
    if (ts.isClassDeclaration(value)) return this.allStubs(file, constructorValues(ts, value))
    return 'implemented'
  }

  classifyCall(call) {
    const maker = call.expression.getText()
    if (STUB_MAKERS.test(maker)) return 'stub'
    if (maker !== 'processOpenApi') return 'implemented'
    return propertyNames(this.ts, call.arguments[0]).includes('standardMethod') ? 'implemented' : 'wechat'
  }

  allStubs(file, values) {
    return values.length && values.every(value => value && this.classify(file, value) === 'stub') ? 'stub' : 'implemented'
  }

  module(file) {
    if (!this.files.has(file)) this.files.set(file, readModule(this.ts, parse(this.ts, file)))
    return this.files.get(file)
  }

  /** The file behind an import, for files of the implementation; other packages are implementations that we need not read. */
  resolve(file, target) {
    if (target.startsWith('.')) return existing(path.join(path.dirname(file), target))
    if (!/^@tarojs\/(taro-h5|plugin-platform-)/.test(target)) return undefined
    for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
      const found = existing(path.join(folder, 'node_modules', target.replace(/^(@tarojs\/taro-h5)$/, '$1/dist/index.js')))
      if (found) return found
    }
    return undefined
  }
}

function existing(base) {
  const candidates = [base, `${base}.js`, `${base}.ts`, path.join(base, 'index.js'), path.join(base, 'index.ts')]
  return candidates.find(file => fs.statSync(file, { throwIfNoEntry: false })?.isFile())
}

function readModule(ts, source) {
  const module = { stars: [], exports: new Map(), imports: new Map(), declarations: new Map(), assignments: new Map() }
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(ts, statement, module)
    else if (ts.isExportDeclaration(statement)) readExport(ts, statement, module)
    else if (ts.isExportAssignment(statement)) readDefaultExport(ts, statement, module)
    else if (ts.isExpressionStatement(statement)) readAssignment(ts, statement.expression, module)
    else readDeclaration(ts, statement, module)
  }
  return module
}

function readImport(ts, statement, module) {
  const from = statement.moduleSpecifier.text
  const clause = statement.importClause
  if (clause?.name) module.imports.set(clause.name.text, { name: 'default', from })
  for (const element of clause?.namedBindings?.elements ?? []) {
    module.imports.set(element.name.text, { name: (element.propertyName ?? element.name).text, from })
  }
}

function readExport(ts, statement, module) {
  const from = statement.moduleSpecifier?.text
  if (!statement.exportClause) return module.stars.push(from)
  for (const element of statement.exportClause.elements ?? []) {
    module.exports.set(element.name.text, { local: (element.propertyName ?? element.name).text, from })
  }
}

function readDefaultExport(ts, statement, module) {
  if (ts.isIdentifier(statement.expression)) module.exports.set('default', { local: statement.expression.text })
}

function readAssignment(ts, expression, module) {
  if (!isAssignment(ts, expression) || !ts.isPropertyAccessExpression(expression.left)) return
  const owner = expression.left.expression.getText()
  module.assignments.set(owner, [...(module.assignments.get(owner) ?? []), expression.left.name.text])
}

function readDeclaration(ts, statement, module) {
  const exported = statement.modifiers?.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword)
  const declare = (name, node) => {
    module.declarations.set(name, node)
    if (exported) module.exports.set(name, { local: name })
  }
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) {
      if (ts.isIdentifier(declaration.name)) declare(declaration.name.text, unwrapped(ts, declaration.initializer) ?? declaration)
    }
  } else if (statement.name) declare(statement.name.text, statement)
}

/** The harmony-hybrid code marks functions that do nothing with a tag of their own. */
function isMarkedEmpty(ts, node) {
  for (let owner = node; owner && !ts.isSourceFile(owner); owner = owner.parent) {
    if (ts.getJSDocTags(owner).some(tag => tag.tagName.text === 'null_implementation')) return true
  }
  return false
}

/** taro-h5 keeps some deprecated functions whose whole body is a warning. */
function onlyWarns(ts, node) {
  if (!ts.isFunctionDeclaration(node)) return false
  const { statements } = node.body
  return statements.length > 0 && statements.every(statement => /^console\.(warn|error)\(/.test(statement.getText()))
}

function constructorValues(ts, node) {
  const [constructor] = node.members.filter(member => ts.isConstructorDeclaration(member))
  const others = node.members.filter(member => !ts.isConstructorDeclaration(member))
  if (!constructor || others.length) return []
  return constructor.body.statements.map(statement => statement.expression?.right)
}

// -- syntax

function parse(ts, file) {
  return ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true)
}

function each(ts, node, visit) {
  if (!node) return
  visit(node)
  ts.forEachChild(node, child => each(ts, child, visit))
}

function unwrapped(ts, node) {
  while (node && (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))) node = node.expression
  return node
}

function initializer(ts, source, name) {
  let found
  each(ts, source, node => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) found ??= node.initializer
  })
  return found
}

/** A function by its name: declared, or written as a method in the settings that an adapter passes on. */
function functionNamed(ts, source, name) {
  let found
  each(ts, source, node => {
    if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name?.text === name) found ??= node
  })
  return found
}

function setItems(ts, expression) {
  return (expression?.arguments?.[0]?.elements ?? []).map(element => element.text)
}

function properties(ts, expression) {
  return (expression?.properties ?? []).map(property => [property.name.text, property.initializer])
}

function propertyNames(ts, expression) {
  return (expression?.properties ?? []).filter(property => property.name).map(property => property.name.text)
}

function isAssignment(ts, node) {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
}

/** The names that a function assigns on an object, `taro.getRenderer = …`; if asked, only those with such a value. */
function assigned(ts, body, object, test = () => true) {
  const names = []
  each(ts, body, node => {
    if (!isAssignment(ts, node) || !ts.isPropertyAccessExpression(node.left)) return
    if (node.left.expression.getText() === object && test(node.right)) names.push(node.left.name.text)
  })
  return names
}

/** The strings that a variable is compared with: `key === 'getStorageSync'`. */
function comparedWith(ts, body, variable) {
  const strings = []
  each(ts, body, node => {
    const equal = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken
    if (equal && node.left.getText() === variable && ts.isStringLiteral(node.right)) strings.push(node.right.text)
  })
  return strings
}
