import ts from 'typescript'
import { expect, test } from 'vitest'
import { SCRIPT, SCRIPT_SOURCE } from '../../../src/report/html/script.ts'

test('the script of the page has types that hold, as its comments say', () => {
  const name = 'page.js'
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (path, ...rest) =>
    path === name
      ? ts.createSourceFile(name, SCRIPT_SOURCE, ts.ScriptTarget.ES2023, true, ts.ScriptKind.JS)
      : getSourceFile(path, ...rest)
  host.fileExists = (path) => path === name || fileExists(path)
  const program = ts.createProgram([name], options, host)
  const problems = ts.getPreEmitDiagnostics(program).map(({ messageText, start = 0 }) => {
    const line = SCRIPT_SOURCE.slice(0, start).split('\n').length
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
  expect(problems).toEqual([])
})

test('SCRIPT is the same program without its comments', () => {
  const tokens = (text: string) => {
    const scanner = ts.createScanner(ts.ScriptTarget.ES2023, true, ts.LanguageVariant.Standard, text)
    let count = 0
    while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) count++
    return count
  }
  expect(SCRIPT).not.toMatch(/^\/\*\*/m)
  expect(SCRIPT.length).toBeLessThan(SCRIPT_SOURCE.length)
  expect(tokens(SCRIPT)).toBe(tokens(SCRIPT_SOURCE))
})

test('the script makes text, never markup, and asks for nothing', () => {
  expect(SCRIPT).not.toMatch(
    /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|fetch|XMLHttp|import\(/,
  )
  expect(SCRIPT).not.toMatch(/localStorage|sessionStorage|cookie/)
})
