import {
  cpSync,
  createReadStream,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { ended, hasSamples, isBuilt, run, SAMPLES, start } from '../support/run-binary.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

const KEY_DENIED = join(SAMPLES, 'key-denied')
const SYSTEM_LOG = join(KEY_DENIED, 'Windows/System32/winevt/Logs/System.evtx')

describe.skipIf(!isBuilt || !hasSamples)('evtxray and what it is given', () => {
  it('says that a path does not exist, with code 2', async () => {
    const { code, out, error } = await run('analyze', '/no/such/path')
    expect([code, out, error]).toEqual([2, '', 'evtxray: There is no file or folder "/no/such/path"\n'])
  })

  it('finds nothing to read in a folder without logs, with code 3', async () => {
    const folder = plant(temporaryFolder(), { 'notes.txt': 'x' })
    for (const command of ['analyze', 'timeline', 'dump', 'info']) {
      const { code, out, error } = await run(command, folder)
      expect([code, out, error]).toEqual([3, '', `evtxray: no event log found in "${folder}"\n`])
    }
  })

  it('says what a file is that is no log, with code 3 when there is no other', async () => {
    const folder = plant(temporaryFolder(), { 'a.gz': '\x1f\u008b', 'b.evtx': '' })
    const other = await run('analyze', join(folder, 'a.gz'))
    expect([other.code, other.error]).toEqual([3, expect.stringContaining('a.gz: No event log')])
    const empty = await run('analyze', join(folder, 'b.evtx'))
    expect([empty.code, empty.error]).toEqual([3, expect.stringContaining('b.evtx: 0 bytes')])
  })

  it('lists a hive that cannot be read, and ends with code 4: a proof may be in it', async () => {
    const folder = temporaryFolder()
    cpSync(join(SAMPLES, 'disk-key-missing'), folder, { recursive: true })
    truncateSync(join(folder, 'Windows/System32/config/SOFTWARE'), 100)
    const { code, out, error } = await run('analyze', folder)
    expect([code, out]).toEqual([4, expect.stringContaining('listener-key-unusable')])
    expect(error).toContain(`  ${folder}/Windows/System32/config/SOFTWARE: `)
  })

  it('goes on without the logs that cannot be read, lists them at the end, and ends with code 4, findings or not', async () => {
    const folder = plant(temporaryFolder(), { 'broken.evtx': 'no log', 'nothing.evtx': '' })
    writeFileSync(join(folder, 'System.evtx'), readFileSync(SYSTEM_LOG))
    const { code, out, error } = await run('analyze', folder, '--fail-on', 'possible')
    expect([code, out]).toEqual([4, expect.stringContaining('listener-key-unusable')])
    expect(error).toContain('2 files or folders could not be read:')
    expect(error).toContain(`  ${folder}/broken.evtx: No event log`)
    expect(error).toContain(`  ${folder}/nothing.evtx: 0 bytes`)
  })

  it('reads a folder with a circle of links once', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'System.evtx'), readFileSync(SYSTEM_LOG))
    symlinkSync(folder, join(folder, 'again'))
    const { code, error } = await run('analyze', folder)
    expect([code, error]).toEqual([0, expect.stringContaining('Read 1 log,')])
  })

  it('reads 10,000 small logs', async () => {
    const folder = temporaryFolder()
    for (let i = 0; i < 100; i++) {
      mkdirSync(join(folder, `d${i}`))
      writeFileSync(join(folder, `d${i}/0.evtx`), writeLog([]))
      for (let j = 1; j < 100; j++) linkSync(join(folder, `d${i}/0.evtx`), join(folder, `d${i}/${j}.evtx`))
    }
    writeFileSync(join(folder, 'System.evtx'), readFileSync(SYSTEM_LOG))
    const { code, error } = await run('analyze', folder)
    expect([code, error]).toEqual([expect.any(Number), expect.stringContaining('Read 10,001 logs,')])
  }, 300_000)

  it('reads one log from standard input, and refuses a path beside it', async () => {
    const child = start(['analyze', '-'])
    if (child.stdin) createReadStream(SYSTEM_LOG).pipe(child.stdin)
    const { code, out } = await ended(child)
    expect([code, out]).toEqual([0, expect.stringContaining('listener-key-unusable')])
    expect(await run('analyze', '-', KEY_DENIED)).toMatchObject({ code: 2, out: '' })
  })

  it('ends with code 4 on damage when it is strict', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'System.evtx'), readFileSync(SYSTEM_LOG).subarray(0, 4096 + 30_000))
    expect((await run('analyze', folder)).code).toBe(0)
    expect((await run('analyze', folder, '--strict')).code).toBe(4)
  })

  it('says that a time without zone is taken as UTC', async () => {
    const { error } = await run('analyze', KEY_DENIED, '--since', '2026-03-11')
    expect(error).toContain('--since 2026-03-11 has no zone and is taken as UTC: 2026-03-11T00:00:00.0000000Z')
  })
})
