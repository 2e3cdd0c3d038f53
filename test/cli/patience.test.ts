import { spawn } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { ended, isBuilt } from '../support/run-binary.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('work that is expected to be short', () => {
  /** The workers that are told to share it, once for each time that it is told. */
  const told = async (...args: readonly string[]): Promise<number[]> => {
    const workers: number[] = []
    const expectShortWork = (count: number) => void workers.push(count)
    const terminal = fakeTerminal()
    expect([await main(args, { ...worldOf(terminal), expectShortWork }), terminal.out()]).toEqual([
      0,
      expect.anything(),
    ])
    return workers
  }
  /** @param size bytes, with zeros behind what is read */
  const logOf = (size?: number): string => {
    const path = join(temporaryFolder(), 'System.evtx')
    writeFileSync(path, bulkyLog(1))
    if (size !== undefined) truncateSync(path, size)
    return path
  }

  it('is an analysis of little', async () => {
    expect(await told('analyze', '-q', logOf())).toEqual([0])
    expect(await told('dump', '-q', logOf())).toEqual([])
  })

  it('is an analysis with all cores', async () => {
    const cores = availableParallelism()
    expect(await told('analyze', '-q', '--threads', String(cores), logOf())).toEqual([cores - 1])
  })

  it.skipIf(availableParallelism() === 1)('is none of more, where a core is free to optimise', async () => {
    expect(await told('analyze', '-q', logOf(96 * 1024 * 1024))).toEqual([])
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
  expectShortWork(0)
  console.log(JSON.stringify([before, withUsualFlags(isRefused('1 + 3')), isRefused('1 + 4')()]))
`

/** The same with a file of the program. */
const LOADING = `
  const [, patience, loader] = process.argv
  const { load, isTakenAhead } = require(loader)
  require(patience).expectShortWork(0)
  load('main.cjs')
  console.log(isTakenAhead('main.cjs'))
`

/** A worker that loads a file of the program, as the pool starts it. */
const LOADING_IN_A_WORKER = `
  const [, patience, loader, lane] = process.argv
  require(patience).expectShortWork(1)
  const script = 'require(' + JSON.stringify(lane) + '); console.log(require(' + JSON.stringify(loader) + ').isTakenAhead("lane.cjs"))'
  new (require('node:worker_threads').Worker)(script, { eval: true })
`

describe('bin/patience.js', () => {
  const inBin = (name: string) => fileURLToPath(new URL(`../../bin/${name}`, import.meta.url))

  it.skipIf(!isBuilt)('does not keep the program from being loaded as it was compiled ahead', async () => {
    const child = spawn(process.execPath, ['-e', LOADING, inBin('patience.js'), inBin('load.js')])
    expect(await ended(child)).toMatchObject({ out: 'true\n', error: '' })
  })

  it.skipIf(!isBuilt)('does not keep a worker from that', async () => {
    const files = ['patience.js', 'load.js', 'lane.js'].map(inBin)
    const child = spawn(process.execPath, ['-e', LOADING_IN_A_WORKER, ...files])
    expect(await ended(child)).toMatchObject({ out: 'true\n', error: '' })
  })

  it('lets V8 take what was compiled ahead, whatever flags are set otherwise', async () => {
    const { out, error } = await ended(spawn(process.execPath, ['-e', TRIAL, inBin('patience.js')]))
    const isTold = process.versions.v8.startsWith('11.')
    expect([JSON.parse(out), error]).toEqual([[false, false, isTold], ''])
  })
})
