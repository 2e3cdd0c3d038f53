import ts from 'typescript'
import { type Import, importsOf, lineOf, type SourceFile, walkNodes } from './source-tree.ts'

/** Rooms of `src/`, the highest first: a file imports from its own room and from rooms further down this list. */
export const ROOMS = [
  ...['cli', 'index.ts', 'analyze.ts', 'scan', 'evidence', 'pool', 'version.ts'],
  ...['report', 'timeline', 'scenarios', 'finding', 'correlate', 'facts', 'query', 'event', 'hive', 'evtx', 'bytes'],
  'errors.ts',
] as const
/** The highest room that only computes. */
const WATERLINE = ROOMS.indexOf('report')

/** What may be imported from outside the project by rooms that only compute, and by whom. */
const PURE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'src/bytes/crc32.ts': ['node:zlib'],
  'src/bytes/digest.ts': ['node:crypto'],
  'src/timeline/csv.ts': ['csv-stringify/sync'],
}
/** Modules that reach a network. */
const NETWORK = /^(node:)?(net|tls|dgram|dns|http|https|http2|inspector)(\/|$)/
/** Globals that depend on the machine, the moment or chance. */
const WORLD_GLOBALS = new Set([
  ...['process', 'performance', 'console', 'require', 'fetch', 'crypto', 'navigator', 'queueMicrotask'],
  ...['setTimeout', 'setInterval', 'setImmediate'],
])
const WORLD_CALLS = new Set(['Date.now', 'Math.random'])
const DRAWERS = /(^|-)(utils?|common|helpers?|misc|types?|shared|stuff)\.ts$/
/** `value-type.ts` is about the types of BinXML values, a noun of the format. */
const NO_DRAWERS = new Set(['src/evtx/value-type.ts'])
/** Lines that a file may have. */
export const MOST_LINES = 400

/** A rule that looks at one file: what is wrong in it, as `path:line what`. */
export type FileRule = (file: SourceFile) => string[]

/** The room that a file of `src/` stands in; undefined for one that has none. */
function roomOf(path: string): (typeof ROOMS)[number] | undefined {
  const [, room] = path.split('/')
  return ROOMS.find((each) => each === room)
}

function isBelowWaterline(path: string): boolean {
  const room = roomOf(path)
  return room !== undefined && ROOMS.indexOf(room) >= WATERLINE
}

function at(file: SourceFile, line: number, what: string): string {
  return `${file.path}:${line} ${what}`
}

/** A file imports from its own room and from rooms below it. */
export const upwardImports: FileRule = (file) => {
  const room = roomOf(file.path)
  if (room === undefined) return [at(file, 1, 'stands in no room')]
  return importsOf(file)
    .filter(({ target }) => target !== undefined && !isReachable(room, target))
    .map(({ target, line }) => at(file, line, `imports ${target}, which is not below ${room}`))
}

function isReachable(room: (typeof ROOMS)[number], target: string): boolean {
  const other = target.startsWith('src/') ? roomOf(target) : undefined
  return other !== undefined && ROOMS.indexOf(other) >= ROOMS.indexOf(room)
}

/** Below the waterline nothing comes from Node or from a package, but for the few that only compute. */
export const worldlyImports: FileRule = (file) => {
  if (!isBelowWaterline(file.path)) return []
  const allowed = PURE_PACKAGES[file.path] ?? []
  const isWorldly = ({ specifier, target }: Import) =>
    specifier === undefined || (target === undefined && !allowed.includes(specifier))
  return importsOf(file)
    .filter(isWorldly)
    .map(({ specifier, line }) => at(file, line, `imports ${specifier ?? 'what it computes'}`))
}

/** Below the waterline there is no clock, no chance, no process, no timer and no terminal. */
export const worldlyGlobals: FileRule = (file) => {
  if (!isBelowWaterline(file.path)) return []
  const found: string[] = []
  for (const node of walkNodes(file.tree)) {
    const what = worldlyUse(node)
    if (what !== undefined) found.push(at(file, lineOf(file, node), `uses ${what}`))
  }
  return found
}

function worldlyUse(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const { expression, name } = node
    if (!ts.isIdentifier(expression)) return undefined
    const text = `${expression.text}.${name.text}`
    return WORLD_CALLS.has(text) || (expression.text === 'globalThis' && WORLD_GLOBALS.has(name.text))
      ? text
      : undefined
  }
  if (ts.isNewExpression(node) && isDate(node.expression) && !node.arguments?.length) return 'new Date()'
  if (ts.isCallExpression(node) && isDate(node.expression)) return 'Date()'
  return ts.isIdentifier(node) && WORLD_GLOBALS.has(node.text) && isValue(node) ? node.text : undefined
}

function isDate(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'Date'
}

/** False where an identifier only names a member: `x.process`, `{ process: 1 }`, `process?: string`. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
  return !((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node)
}

/** Nothing of ours reaches a network. */
export const networkUse: FileRule = (file) => {
  const imports = importsOf(file)
    .filter(({ specifier }) => specifier !== undefined && NETWORK.test(specifier))
    .map(({ specifier, line }) => at(file, line, `imports ${specifier}`))
  const calls = [...walkNodes(file.tree)]
    .filter((node) => ts.isIdentifier(node) && /^(fetch|WebSocket|EventSource)$/.test(node.text) && isValue(node))
    .map((node) => at(file, lineOf(file, node), `uses ${node.getText()}`))
  return [...imports, ...calls]
}

/** A file of more lines than a reader takes in has something in it that belongs elsewhere. */
export const longFile: FileRule = (file) =>
  file.lineCount > MOST_LINES ? [at(file, file.lineCount, `has ${file.lineCount} lines, more than ${MOST_LINES}`)] : []

/** A file is named after what it holds. */
export const drawer: FileRule = (file) =>
  DRAWERS.test(file.path.slice(file.path.lastIndexOf('/') + 1)) && !NO_DRAWERS.has(file.path)
    ? [at(file, 1, 'is named like a drawer')]
    : []

/** What is exported has a name. */
export const defaultExport: FileRule = (file) =>
  file.tree.statements
    .filter((statement) => ts.isExportAssignment(statement) || modifiersOf(statement).has(ts.SyntaxKind.DefaultKeyword))
    .map((statement) => at(file, lineOf(file, statement), 'exports a default'))

/** Only the front door hands on what others made; `export *` hides what there is even there. */
export const barrel: FileRule = (file) => {
  const { statements } = file.tree
  const stars = statements
    .filter((statement) => ts.isExportDeclaration(statement) && !statement.exportClause)
    .map((statement) => at(file, lineOf(file, statement), 'exports *'))
  const handsOn = statements.every((each) => ts.isImportDeclaration(each) || ts.isExportDeclaration(each))
  const isFrontDoor = file.path === 'src/index.ts'
  if (isFrontDoor && !handsOn) return [...stars, at(file, 1, 'does more than re-export')]
  if (!isFrontDoor && handsOn && statements.length > 0) return [...stars, at(file, 1, 'is a barrel')]
  return stars
}

/**
 * Every exported function, class, interface, type and constant says what it is. Constants and types that follow each other
 * line on line share what is said of the first.
 */
export const undocumentedExport: FileRule = (file) => {
  const { statements } = file.tree
  const isDocumented = (index: number): boolean => {
    const statement = statements[index]!
    if (ts.getJSDocCommentsAndTags(statement).length > 0) return true
    const above = statements[index - 1]
    return (
      above !== undefined &&
      isListed(statement) &&
      isListed(above) &&
      isNextLine(file, above, statement) &&
      isDocumented(index - 1)
    )
  }
  return statements.flatMap((statement, index) =>
    !modifiersOf(statement).has(ts.SyntaxKind.ExportKeyword) || isDocumented(index)
      ? []
      : [at(file, lineOf(file, statement), `exports ${nameOf(statement)} without saying what it is`)],
  )
}

function isListed(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) || ts.isTypeAliasDeclaration(statement)
}

function isNextLine(file: SourceFile, above: ts.Statement, below: ts.Statement): boolean {
  return lineOf(file, below) === file.tree.getLineAndCharacterOfPosition(above.getEnd()).line + 2
}

function modifiersOf(statement: ts.Statement): ReadonlySet<ts.SyntaxKind> {
  return new Set(ts.canHaveModifiers(statement) ? ts.getModifiers(statement)?.map(({ kind }) => kind) : [])
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText()).join(', ')
  }
  return (ts.getNameOfDeclaration(statement as ts.DeclarationStatement) ?? statement).getText()
}

/** Import cycles, each as the files it goes through. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(files.map((file) => [file.path, importsOf(file).flatMap(({ target }) => target ?? [])]))
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return cycles
}
