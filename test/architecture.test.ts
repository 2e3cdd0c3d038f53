import { describe, expect, it } from 'vitest'
import {
  barrel,
  defaultExport,
  drawer,
  type FileRule,
  importCycles,
  longFile,
  MOST_LINES,
  networkUse,
  ROOMS,
  undocumentedExport,
  upwardImports,
  worldlyGlobals,
  worldlyImports,
} from './support/house-rules.ts'
import { parseSource, readSources, readText } from './support/source-tree.ts'

const source = readSources('src')
const everything = [...source, ...readSources('scripts', 'benchmarks', 'test')]

/** A rule, the files that keep it, and a file that would break it: the rule must see it. */
const RULES: readonly {
  readonly says: string
  readonly rule: FileRule
  readonly files: typeof source
  readonly broken: readonly { readonly path: string; readonly text: string; readonly line: number }[]
}[] = [
  {
    says: 'imports from its own room and from rooms below it only',
    rule: upwardImports,
    files: source,
    broken: [
      { path: 'src/evtx/a.ts', text: "\nimport { b } from '../query/b.ts'", line: 2 },
      { path: 'src/evtx/a.ts', text: "import type { B } from '../query/b.ts'", line: 1 },
      { path: 'src/evtx/write/a.ts', text: "const b = await import('../../cli/b.ts')", line: 1 },
      { path: 'src/errors.ts', text: "export { b } from './bytes/b.ts'", line: 1 },
      { path: 'src/bytes/a.ts', text: "import { b } from '../../test/b.ts'", line: 1 },
      { path: 'src/elsewhere/a.ts', text: '', line: 1 },
    ],
  },
  {
    says: 'takes nothing from Node or a package below the waterline',
    rule: worldlyImports,
    files: source,
    broken: [
      { path: 'src/report/a.ts', text: "import { readFileSync } from 'node:fs'", line: 1 },
      { path: 'src/evtx/a.ts', text: "\n\nimport { crc32 } from 'node:zlib'", line: 3 },
      { path: 'src/bytes/crc32.ts', text: "import { readFileSync } from 'node:fs'", line: 1 },
      { path: 'src/bytes/a.ts', text: 'const b = await import(name)', line: 1 },
    ],
  },
  {
    says: 'knows no clock, chance, process, timer or terminal below the waterline',
    rule: worldlyGlobals,
    files: source,
    broken: [
      { path: 'src/finding/a.ts', text: 'const a = Date.now()', line: 1 },
      { path: 'src/finding/a.ts', text: 'const a =\n  new Date()', line: 2 },
      { path: 'src/finding/a.ts', text: 'const a = Date()', line: 1 },
      { path: 'src/finding/a.ts', text: 'const a = Math.random()', line: 1 },
      { path: 'src/finding/a.ts', text: 'const a = process.env', line: 1 },
      { path: 'src/finding/a.ts', text: 'const a = globalThis.process', line: 1 },
      { path: 'src/finding/a.ts', text: 'const a = performance.now()', line: 1 },
      { path: 'src/finding/a.ts', text: 'setTimeout(run, 1)', line: 1 },
      { path: 'src/finding/a.ts', text: 'console.log(1)', line: 1 },
      { path: 'src/errors.ts', text: 'crypto.randomUUID()', line: 1 },
    ],
  },
  {
    says: 'reaches no network',
    rule: networkUse,
    files: everything,
    broken: [
      { path: 'src/cli/a.ts', text: "import { connect } from 'node:net'", line: 1 },
      { path: 'src/cli/a.ts', text: "const { get } = await import('https')", line: 1 },
      { path: 'src/cli/a.ts', text: 'await fetch(address)', line: 1 },
    ],
  },
  {
    says: `has at most ${MOST_LINES} lines`,
    rule: longFile,
    files: everything,
    broken: [{ path: 'test/a.ts', text: '\n'.repeat(MOST_LINES + 1), line: MOST_LINES + 1 }],
  },
  {
    says: 'is named after what it holds',
    rule: drawer,
    files: everything,
    broken: [
      { path: 'src/bytes/utils.ts', text: '', line: 1 },
      { path: 'src/scan/scan-helpers.ts', text: '', line: 1 },
      { path: 'src/types.ts', text: '', line: 1 },
    ],
  },
  {
    says: 'exports no default',
    rule: defaultExport,
    files: everything,
    broken: [
      { path: 'src/a.ts', text: 'export default 1', line: 1 },
      { path: 'src/a.ts', text: '\nexport default function a() {}', line: 2 },
    ],
  },
  {
    says: 'is no barrel, but for the front door, which is nothing else',
    rule: barrel,
    files: source,
    broken: [
      { path: 'src/evtx/a.ts', text: "export { b } from './b.ts'", line: 1 },
      { path: 'src/evtx/a.ts', text: "export const c = 1\nexport * from './b.ts'", line: 2 },
      { path: 'src/index.ts', text: 'export const a = 1', line: 1 },
    ],
  },
  {
    says: 'says what each thing is that it exports',
    rule: undocumentedExport,
    files: source,
    broken: [
      { path: 'src/a.ts', text: '/** A. */\nexport const a = 1\nexport function b() {}', line: 3 },
      { path: 'src/a.ts', text: '// no docstring\nexport interface A {}', line: 2 },
      { path: 'src/a.ts', text: 'export class A {}', line: 1 },
      { path: 'src/a.ts', text: '/** Some. */\nexport const a = 1\nexport const b = 2\n\nexport const c = 3', line: 5 },
    ],
  },
]

describe.each(RULES)('every file $says', ({ rule, files, broken }) => {
  it('in this tree', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(files.flatMap(rule)).toEqual([])
  })

  it.each(broken)('or is named: $path, $text', ({ path, text, line }) => {
    expect(rule(parseSource(path, text))).toEqual([expect.stringMatching(`^${path}:${line} `)])
  })
})

describe('imports', () => {
  it('go round in no circle', () => {
    expect(importCycles(source)).toEqual([])
  })

  it('that do are named, with all files on the way', () => {
    const files = [
      parseSource('src/evtx/a.ts', "import { b } from './b.ts'"),
      parseSource('src/evtx/b.ts', "import type { c } from './c.ts'"),
      parseSource('src/evtx/c.ts', "export { a } from './a.ts'"),
    ]
    expect(importCycles(files)).toEqual(['src/evtx/a.ts → src/evtx/b.ts → src/evtx/c.ts → src/evtx/a.ts'])
  })
})

describe('docs/architecture.md', () => {
  const page = readText('docs/architecture.md')

  it('names every room in its code map, the highest first', () => {
    const named = [...page.matchAll(/^\| `(?:src\/)?([a-z.]+)\/?` \|/gm)].map(([, room]) => room)
    const standing = new Set(source.map(({ path }) => path.split('/')[1]))
    expect(named).toEqual(ROOMS.filter((room) => standing.has(room)))
  })

  it('fits on two pages', () => {
    expect(page.split('\n').length).toBeLessThan(130)
  })
})
