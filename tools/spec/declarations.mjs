// Reads the declarations of @tarojs/taro with TypeScript's parser and checker, and returns them as plain facts.
// Sentences stay behind: of the comments only the tags are read.
import path from 'node:path'

/** Files under @tarojs/taro/types that describe the build, not the API. */
const BUILD_FILES = /^compile\//

export function readDeclarations(ts, taroDir) {
  const typesDir = path.join(taroDir, 'types')
  const program = ts.createProgram([path.join(typesDir, 'index.d.ts')], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
    skipLibCheck: true,
    noEmit: true,
  })
  const reader = new Reader(ts, program, typesDir)
  for (const file of program.getSourceFiles()) {
    if (reader.isOurs(file)) reader.readFile(file)
  }
  return { members: reader.members, types: reader.types }
}

class Reader {
  constructor(ts, program, typesDir) {
    this.ts = ts
    this.checker = program.getTypeChecker()
    this.typesDir = typesDir
    this.members = emptyMap()
    this.types = emptyMap()
  }

  /** The API's own files, and the small files in which a platform plugin adds fields to Taro's types. */
  isOurs(file) {
    const relative = path.relative(this.typesDir, file.fileName)
    if (/@tarojs\/plugin-platform-[a-z]+\/types\/shims-[a-z]+\.d\.ts$/.test(file.fileName)) return true
    return !relative.startsWith('..') && !BUILD_FILES.test(relative)
  }

  groupOf(file) {
    const relative = path.relative(this.typesDir, file.fileName)
    if (relative.startsWith('..')) return path.basename(file.fileName, '.d.ts')
    if (relative === 'global.d.ts') return 'general'
    return relative.replace(/\.d\.ts$/, '').replace(/^api\//, '').replace(/\/index$/, '')
  }

  readFile(file) {
    this.group = this.groupOf(file)
    for (const statement of file.statements) {
      if (this.ts.isModuleDeclaration(statement)) this.readModule(statement)
      else this.readStatement(statement, [])
    }
  }

  /** `declare module '../index'` and `declare namespace Taro` are Taro itself; other namespaces give their name to what they hold. */
  readModule(node) {
    const name = node.name.text
    if (node.name.kind === this.ts.SyntaxKind.StringLiteral) {
      if (/index$/.test(name) || name === '@tarojs/taro') this.readNamespace(node, [])
    } else if (name === 'Taro') this.readNamespace(node, [])
    else if (name !== 'global') this.readNamespace(node, [name])
  }

  readNamespace(node, prefix) {
    let body = node.body
    while (body && this.ts.isModuleDeclaration(body)) {
      prefix = [...prefix, body.name.text]
      body = body.body
    }
    for (const statement of body?.statements ?? []) this.readStatement(statement, prefix)
  }

  readStatement(node, prefix) {
    const { ts } = this
    if (ts.isModuleDeclaration(node)) return this.readNamespace(node, [...prefix, node.name.text])
    if (ts.isInterfaceDeclaration(node) && node.name.text === 'TaroStatic') return this.readMembers(node)
    const qualified = node.name && [...prefix, node.name.text].join('.')
    if (ts.isInterfaceDeclaration(node)) this.readInterface(node, qualified, 'interface')
    else if (ts.isClassDeclaration(node)) this.readInterface(node, qualified, 'class')
    else if (ts.isTypeAliasDeclaration(node)) this.readAlias(node, qualified)
    else if (ts.isEnumDeclaration(node)) this.readEnum(node, qualified)
  }

  // -- the members of TaroStatic

  readMembers(node) {
    for (const element of node.members) {
      const name = element.name.text
      const member = (this.members[name] ??= { group: this.group, kind: 'property', tags: {} })
      this.mergeTags(member.tags, element)
      if (this.ts.isMethodSignature(element)) {
        member.kind = 'function'
        ;(member.signatures ??= []).push(this.signature(element))
      } else this.readMemberProperty(member, element)
    }
  }

  /** A property whose type can be called, such as requirePlugin, is a function that has properties too. */
  readMemberProperty(member, element) {
    member.type = this.type(element.type)
    if (!member.type.call) return
    member.kind = 'function'
    member.signatures = member.type.call
  }

  // -- named types

  typeEntry(qualified, kind) {
    return (this.types[qualified] ??= { group: this.group, kind, tags: {} })
  }

  readInterface(node, qualified, kind) {
    const entry = this.typeEntry(qualified, kind)
    this.mergeTags(entry.tags, node)
    const params = this.typeParams(node)
    if (params.length) entry.typeParams = params
    for (const clause of node.heritageClauses ?? []) {
      for (const base of clause.types) (entry.extends ??= []).push(this.reference(base.expression, base.typeArguments))
    }
    for (const element of node.members) this.readElement(entry, element)
  }

  readElement(entry, element) {
    const { ts } = this
    if (ts.isIndexSignatureDeclaration(element)) entry.index = this.type(element.type)
    else if (ts.isCallSignatureDeclaration(element)) (entry.call ??= []).push(this.signature(element))
    else if (ts.isConstructSignatureDeclaration(element)) (entry.construct ??= []).push(this.signature(element))
    else if (ts.isMethodSignature(element) || ts.isMethodDeclaration(element)) this.readMethod(entry, element)
    else if (ts.isPropertySignature(element) || ts.isPropertyDeclaration(element)) this.readProperty(entry, element)
    else throw new Error(`unknown element ${ts.SyntaxKind[element.kind]} at ${this.where(element)}`)
  }

  readMethod(entry, element) {
    const method = ((entry.methods ??= emptyMap())[this.elementName(element)] ??= { kind: 'function', tags: {}, signatures: [] })
    this.mergeTags(method.tags, element)
    if (element.questionToken) method.optional = true
    method.signatures.push(this.signature(element))
  }

  /**
   * A name without a type, such as `GET` in request.Method, stands for itself: the interface is a set of literals.
   * So does one whose type is a label for readers, such as `zh_CN` in UserInfo.Language.
   */
  readProperty(entry, element) {
    if (element.type && !this.isLabel(element.type)) return (entry.fields ??= []).push(this.field(element))
    ;(entry.values ??= []).push(this.elementValue(element))
  }

  isLabel(type) {
    return this.ts.isLiteralTypeNode(type) && this.ts.isStringLiteral(type.literal) && /[^\x00-\x7f]/.test(type.literal.text)
  }

  readAlias(node, qualified) {
    const entry = this.typeEntry(qualified, 'alias')
    this.mergeTags(entry.tags, node)
    const params = this.typeParams(node)
    if (params.length) entry.typeParams = params
    entry.type = this.type(node.type)
  }

  readEnum(node, qualified) {
    const entry = this.typeEntry(qualified, 'enum')
    entry.values = node.members.map(member => this.checker.getConstantValue(member))
  }

  // -- parts

  elementName(element) {
    return String(this.elementValue(element))
  }

  /** A name as the value that it stands for: `GET`, `1000`, `[-20000]`, `[TaroGeneral.ENV_TYPE.WEAPP]`. */
  elementValue({ name }) {
    if (this.ts.isComputedPropertyName(name)) return this.checker.getTypeAtLocation(name.expression).value
    return this.ts.isNumericLiteral(name) ? Number(name.text) : name.text
  }

  field(element) {
    const field = { name: this.elementName(element), type: this.type(element.type), tags: {} }
    if (element.questionToken) field.optional = true
    this.mergeTags(field.tags, element)
    return field
  }

  typeParams(node) {
    return (node.typeParameters ?? []).map(param => ({
      name: param.name.text,
      ...(param.default && { default: this.type(param.default) }),
    }))
  }

  signature(node) {
    const typeParams = this.typeParams(node)
    return {
      params: node.parameters.map((param, position) => this.parameter(param, position)),
      returns: node.type ? this.type(node.type) : 'any',
      ...(typeParams.length && { typeParams }),
    }
  }

  parameter(param, position) {
    return {
      name: this.ts.isIdentifier(param.name) ? param.name.text : `arg${position}`,
      type: this.type(param.type),
      ...(param.questionToken && { optional: true }),
      ...(param.dotDotDotToken && { rest: true }),
    }
  }

  // -- types

  type(node) {
    const { ts } = this
    if (!node) return 'any'
    const keyword = KEYWORDS[ts.SyntaxKind[node.kind]]
    if (keyword) return keyword
    const read = READERS[ts.SyntaxKind[node.kind]]
    if (!read) throw new Error(`unknown type ${ts.SyntaxKind[node.kind]} at ${this.where(node)}`)
    return read(this, node)
  }

  reference(name, typeArguments) {
    const symbol = this.resolve(name)
    const declaration = symbol?.declarations?.[0]
    if (declaration && this.ts.isTypeParameterDeclaration(declaration)) return { param: name.text }
    if (declaration && this.ts.isEnumMember(declaration)) return { literal: this.checker.getConstantValue(declaration) }
    const args = (typeArguments ?? []).map(argument => this.type(argument))
    const target = this.qualifiedName(declaration, name)
    if (BUILT_IN_ARRAYS.has(target)) return { array: args[0] ?? 'any' }
    if (BUILT_IN_WRAPPERS[target]) return BUILT_IN_WRAPPERS[target]
    return { ref: target, ...(args.length && { args }) }
  }

  resolve(name) {
    const symbol = this.checker.getSymbolAtLocation(name)
    return symbol && symbol.flags & this.ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol
  }

  /** Taro's own types by their path below Taro, everything else by the name that the declaration uses. */
  qualifiedName(declaration, name) {
    const text = name.getText().replace(/^Taro\./, '')
    if (!declaration || !this.isOurs(declaration.getSourceFile())) return text
    const names = []
    for (let node = declaration; node && !this.ts.isSourceFile(node); node = node.parent) {
      const own = node.name?.kind === this.ts.SyntaxKind.Identifier ? node.name.text : undefined
      if (own && own !== 'Taro') names.unshift(own)
    }
    return names.join('.')
  }

  where(node) {
    const file = node.getSourceFile()
    return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
  }

  // -- tags

  mergeTags(tags, node) {
    for (const tag of this.ts.getJSDocTags(node)) {
      const name = tag.tagName.text
      if (TAGS.has(name)) tags[name] = mergeTag(tags[name], tagText(tag))
    }
  }
}

/** A map without a prototype: the declarations have methods named toString. */
const emptyMap = () => Object.create(null)

const TAGS = new Set(['supported', 'see', 'since', 'deprecated', 'ignore', 'default'])

function mergeTag(before, text) {
  return before === undefined || before === text ? text : `${before}\n${text}`
}

/** The first line after the tag's name. Read from the text, because the parser takes the `https` of a link for a name. */
function tagText(tag) {
  const [line] = tag.getText().split('\n')
  return line.replace(/^@\w+/, '').replace(/\*\/\s*$/, '').replace(/[\s*]+$/, '').trim()
}

const BUILT_IN_ARRAYS = new Set(['Array', 'ReadonlyArray'])
const BUILT_IN_WRAPPERS = { Boolean: 'boolean', Number: 'number', Object: 'object', String: 'string' }

const KEYWORDS = {
  AnyKeyword: 'any',
  BooleanKeyword: 'boolean',
  NeverKeyword: 'never',
  NumberKeyword: 'number',
  ObjectKeyword: 'object',
  StringKeyword: 'string',
  SymbolKeyword: 'symbol',
  ThisType: 'this',
  UndefinedKeyword: 'undefined',
  UnknownKeyword: 'unknown',
  VoidKeyword: 'void',
}

const READERS = {
  ArrayType: (reader, node) => ({ array: reader.type(node.elementType) }),
  ConditionalType: (reader, node) => ({ union: [reader.type(node.trueType), reader.type(node.falseType)] }),
  ConstructorType: (reader, node) => ({ object: [], construct: [reader.signature(node)] }),
  FunctionType: functionType,
  IndexedAccessType: indexedAccess,
  IntersectionType: (reader, node) => ({ intersection: node.types.map(item => reader.type(item)) }),
  LiteralType: literalType,
  MappedType: mappedType,
  ParenthesizedType: (reader, node) => reader.type(node.type),
  TupleType: (reader, node) => ({ tuple: node.elements.map(item => reader.type(item)) }),
  NamedTupleMember: (reader, node) => reader.type(node.type),
  TypeLiteral: objectType,
  TypeOperator: typeOperator,
  TypeQuery: (reader, node) => ({ ref: node.exprName.getText() }),
  TypeReference: (reader, node) => reader.reference(node.typeName, node.typeArguments),
  UnionType: (reader, node) => ({ union: node.types.map(item => reader.type(item)) }),
  InferType: (reader, node) => ({ param: node.typeParameter.name.text }),
}

function functionType(reader, node) {
  const { params, returns } = reader.signature(node)
  return { function: { params, returns } }
}

/** `Current['page']` is the declared type of that property; `T[K]` of a parameter can be anything. */
function indexedAccess(reader, node) {
  const key = node.indexType.literal?.text
  const property = key && reader.checker.getTypeFromTypeNode(node.objectType).getProperty(key)
  const declaration = property?.valueDeclaration
  if (!declaration?.type) return 'any'
  // The type of a method's declaration is only what it returns.
  return reader.ts.isMethodSignature(declaration) ? functionType(reader, declaration) : reader.type(declaration.type)
}

function literalType(reader, node) {
  const { ts } = reader
  const { literal } = node
  if (literal.kind === ts.SyntaxKind.NullKeyword) return 'null'
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return { literal: true }
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return { literal: false }
  if (ts.isNumericLiteral(literal)) return { literal: Number(literal.text) }
  if (ts.isPrefixUnaryExpression(literal)) return { literal: -Number(literal.operand.text) }
  return { literal: literal.text }
}

function mappedType(reader, node) {
  return { object: [], index: reader.type(node.type) }
}

function objectType(reader, node) {
  const entry = {}
  for (const element of node.members) reader.readElement(entry, element)
  const methods = Object.entries(entry.methods ?? {}).map(([name, method]) => methodField(name, method))
  const bare = (entry.values ?? []).map(name => ({ name: String(name), type: 'any', tags: {} }))
  return {
    object: [...(entry.fields ?? []), ...methods, ...bare],
    ...(entry.index && { index: entry.index }),
    ...(entry.call && { call: entry.call }),
    ...(entry.construct && { construct: entry.construct }),
  }
}

function methodField(name, method) {
  const types = method.signatures.map(({ params, returns }) => ({ function: { params, returns } }))
  return {
    name,
    type: types.length === 1 ? types[0] : { intersection: types },
    tags: method.tags,
    ...(method.optional && { optional: true }),
  }
}

function typeOperator(reader, node) {
  if (node.operator !== reader.ts.SyntaxKind.KeyOfKeyword) return reader.type(node.type)
  const target = reader.type(node.type)
  return { keyof: target.ref ?? target }
}
