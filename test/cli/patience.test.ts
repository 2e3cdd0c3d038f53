import { spawn } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { ended, isBuilt } from '../support/run-binary.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('work that is expected to be short', () => {
  const expected = async (...args: readonly string[]): Promise<number> => {
    let times = 0
    const expectShortWork = () => void times++
    const terminal = fakeTerminal()
    expect([await main(args, { ...worldOf(terminal), expectShortWork }), terminal.out()]).toEqual([
      0,
      expect.anything(),
    ])
    return times
  }

  it('is an analysis of little, on one thread', async () => {
    const folder = temporaryFolder()
    const small = join(folder, 'System.evtx')
    const large = join(folder, 'Large.evtx')
    for (const path of [small, large]) writeFileSync(path, bulkyLog(1))
    truncateSync(large, 96 * 1024 * 1024)
    expect(await expected('analyze', '-q', small)).toBe(1)
    expect(await expected('analyze', '-q', '--threads', '1', small)).toBe(1)
    expect(await expected('analyze', '-q', '--threads', '2', small)).toBe(0)
    expect(await expected('analyze', '-q', large)).toBe(0)
    expect(await expected('dump', '-q', small)).toBe(0)
  })
})

/** Flags are the whole process's: in one of its own. */
const TRIAL = `
  const { Script } = require('node:vm')
  const { expectShortWork, withUsualFlags } = require(process.argv[1])
  const cachedData = new Script('1 + 1').createCachedData()
  // Of the same length, which is all that V8 asks of a source; one that it has met it would know without the data.
  const isRefused = (source) => () => new Script(source, { cachedData }).cachedDataRejected
  const before = withUsualFlags(isRefused('1 + 2'))
  expectShortWork()
  console.log(JSON.stringify([before, withUsualFlags(isRefused('1 + 3')), isRefused('1 + 4')()]))
`

/** The same with a file of the program. */
const LOADING = `
  const [, patience, loader] = process.argv
  const { load, isTakenAhead } = require(loader)
  require(patience).expectShortWork()
  load('main.cjs')
  console.log(isTakenAhead('main.cjs'))
`

describe('bin/patience.js', () => {
  const inBin = (name: string) => fileURLToPath(new URL(`../../bin/${name}`, import.meta.url))

  it.skipIf(!isBuilt)('does not keep the program from being loaded as it was compiled ahead', async () => {
    const child = spawn(process.execPath, ['-e', LOADING, inBin('patience.js'), inBin('load.js')])
    expect(await ended(child)).toMatchObject({ out: 'true\n', error: '' })
  })

  it('lets V8 take what was compiled ahead, whatever flags are set otherwise', async () => {
    const { out, error } = await ended(spawn(process.execPath, ['-e', TRIAL, inBin('patience.js')]))
    const isTold = process.versions.v8.startsWith('11.')
    expect([JSON.parse(out), error]).toEqual([[false, false, isTold], ''])
  })
})
