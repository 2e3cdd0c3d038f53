import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** One of our TypeScript files, parsed. */
export interface SourceFile {
  /** From the root of the project, with `/`: `src/evtx/chunk.ts`. */
  readonly path: string
  readonly lineCount: number
  readonly tree: ts.SourceFile
}

/** One import, static, dynamic or of a type, or one re-export. */
export interface Import {
  /** As written; undefined where a dynamic import computes it. */
  readonly specifier: string | undefined
  /** The project's file that it means, from the root; undefined for a package. */
  readonly target: string | undefined
  readonly line: number
}

/** Parses a text as the file at a path: what the rules look at, from disk or by hand. */
export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return { path, lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), tree }
}

/** All TypeScript files below some folders of the project, by path. */
export function readSources(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')))
}

/** A file of the project as text. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Every node of a file, from the top down. */
export function* walkNodes(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield* walkNodes(child)
}

/** 1-based. */
export function lineOf(file: SourceFile, node: ts.Node): number {
  return file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line + 1
}

/** All that a file imports, in the order of its lines. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  for (const node of walkNodes(file.tree)) {
    const from = importedFrom(node)
    if (from === undefined) continue
    const specifier = from && ts.isStringLiteral(from) ? from.text : undefined
    const target = specifier?.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : undefined
    found.push({ specifier, target, line: lineOf(file, node) })
  }
  return found
}

/** The expression that says where a node imports from; null where it is missing, undefined where the node imports nothing. */
function importedFrom(node: ts.Node): ts.Node | null | undefined {
  if (ts.isImportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : null
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0] ?? null
  return undefined
}
