import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { type Draft, draftFile } from '../../src/cli/output-file.ts'
import { publishTogether } from '../../src/cli/publish-together.ts'
import { splitRows } from '../../src/cli/split-rows.ts'
import { removeAllUnfinished } from '../../src/cli/unfinished.ts'
import { OutputError, UsageError } from '../../src/errors.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

/** Renames that the disk refuses. */
let refused: (from: string, to: string) => boolean = () => false

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const renameSync = (from: string, to: string) => {
    if (refused(from, to)) throw Object.assign(new Error('EACCES: permission denied, rename'), { code: 'EACCES' })
    fs.renameSync(from, to)
  }
  return { ...fs, renameSync }
})

beforeEach(() => {
  refused = () => false
})

async function draftsIn(folder: string, names: readonly string[]): Promise<readonly Draft[]> {
  const drafts = names.map((name) => draftFile({ typed: `out/${name}`, path: join(folder, name), kind: 'new' }))
  for (const [i, draft] of drafts.entries()) {
    await draft.write(Buffer.from(`new ${names[i]}`))
    await draft.close()
  }
  return drafts
}

function contentsOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

const NEW = { a: 'new a', b: 'new b', c: 'new c' }
const OLD = { a: 'old a', c: 'old c' }

describe('publishTogether()', () => {
  it('replaces what is there, and leaves nothing else behind', async () => {
    const folder = plant(temporaryFolder(), OLD)
    publishTogether(await draftsIn(folder, ['a', 'b', 'c']))
    expect(contentsOf(folder)).toEqual(NEW)
    removeAllUnfinished()
    expect(contentsOf(folder)).toEqual(NEW)
  })

  it('replaces a link, and not what it leads to', async () => {
    const folder = plant(temporaryFolder(), { b: 'old b' })
    const other = plant(temporaryFolder(), { mine: 'mine' })
    symlinkSync(join(other, 'mine'), join(folder, 'a'))
    publishTogether(await draftsIn(folder, ['a', 'b']))
    expect(lstatSync(join(folder, 'a')).isFile()).toBe(true)
    expect(contentsOf(other)).toEqual({ mine: 'mine' })
  })

  it('touches nothing where a folder has the name of one', async () => {
    const folder = plant(temporaryFolder(), { a: 'old a' })
    mkdirSync(join(folder, 'c'))
    const drafts = await draftsIn(folder, ['a', 'b', 'c'])
    let renames = 0
    refused = () => ++renames < 0
    expect(() => publishTogether(drafts)).toThrow(new UsageError('"out/c" is a folder: a file was expected'))
    for (const draft of drafts) draft.discard()
    expect([renames, contentsOf(folder)]).toEqual([0, { a: 'old a' }])
  })

  it.each(['a', 'b', 'c'])('puts all back where %s cannot have its name', async (name) => {
    const folder = plant(temporaryFolder(), OLD)
    const drafts = await draftsIn(folder, ['a', 'b', 'c'])
    refused = (from, to) => from.endsWith('.partial') && to === join(folder, name)
    expect(() => publishTogether(drafts)).toThrow(`Could not write "out/${name}": access is denied (EACCES)`)
    for (const draft of drafts) draft.discard()
    removeAllUnfinished()
    expect(contentsOf(folder)).toEqual(OLD)
  })

  it('puts all back where one cannot be moved out of the way', async () => {
    const folder = plant(temporaryFolder(), OLD)
    const drafts = await draftsIn(folder, ['a', 'b', 'c'])
    refused = (from) => from === join(folder, 'c')
    expect(() => publishTogether(drafts)).toThrow(OutputError)
    for (const draft of drafts) draft.discard()
    expect(contentsOf(folder)).toEqual(OLD)
  })

  it('says where an old file is that cannot be put back', async () => {
    const folder = plant(temporaryFolder(), OLD)
    const drafts = await draftsIn(folder, ['a', 'b', 'c'])
    refused = (_from, to) => to === join(folder, 'c')
    expect(() => publishTogether(drafts)).toThrow(
      /"out\/c".*; what was there is kept: "out\/c" as "out\/\.c\..*\.previous"$/,
    )
    removeAllUnfinished()
    const [kept] = readdirSync(folder).filter((name) => name.endsWith('.previous'))
    expect(readFileSync(join(folder, kept!), 'utf8')).toBe('old c')
  })
})

describe('results that are forced where one of them is a folder', () => {
  it('analyze -o refuses, before it reads, and replaces none', async () => {
    const folder = temporaryFolder()
    const log = join(plant(folder, { 'System.evtx': bulkyLog(1) }), 'System.evtx')
    const out = plant(join(folder, 'out'), { 'report.html': 'old', 'report.md/mine': 'mine' })
    const terminal = fakeTerminal()
    expect(await main(['analyze', log, '-o', out, '--force'], worldOf(terminal))).toBe(2)
    expect(terminal.error()).toBe(`evtxray: "${out}/report.md" is a folder: a file was expected\n`)
    expect(contentsOf(out)).toEqual({ 'report.html': 'old' })
  })

  it('splitRows() leaves every file as it was when the last cannot have its name', async () => {
    const folder = plant(temporaryFolder(), { 'x.csv': 'old', 'x-2.csv': 'old 2' })
    refused = (from, to) => from.endsWith('.partial') && to === join(folder, 'x-2.csv')
    const target = {
      output: join(folder, 'x.csv'),
      terminal: fakeTerminal(),
      signal: new AbortController().signal,
      settle: () => {},
      force: true,
      evidence: { paths: [], collection: { roots: [], logs: [], refused: [] } },
    }
    const work = splitRows(target, (write) => write(Buffer.from('H\n1\n2\n')), 2)
    await expect(work).rejects.toThrow('x-2.csv": access is denied')
    expect(contentsOf(folder)).toEqual({ 'x-2.csv': 'old 2', 'x.csv': 'old' })
    expect(existsSync(join(folder, 'x-3.csv'))).toBe(false)
  })
})
