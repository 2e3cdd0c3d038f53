import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'

const LOGS = 'Windows/System32/winevt/Logs'

async function find(...paths: string[]) {
  const notes: string[] = []
  const collection = await findEvidence(paths, { onNote: (note) => notes.push(note) })
  return { ...collection, notes, names: collection.logs.map((log) => log.name) }
}

describe('findEvidence', () => {
  it('reads a volume in its known place only, in any letter case, archived logs included', async () => {
    const disk = plant(temporaryFolder(), {
      'WINDOWS/system32/WinEvt/logs/System.evtx': LOG_HEAD,
      'WINDOWS/system32/WinEvt/logs/Archive-Security-2026-03-14-09-41-00-123.evtx': LOG_HEAD,
      'WINDOWS/system32/other/Stray.evtx': LOG_HEAD,
      'Users/x/Copy.evtx': LOG_HEAD,
    })
    const { roots, names } = await find(disk)
    expect(roots).toMatchObject([{ kind: 'volume', path: disk, label: disk.split('/').at(-1) }])
    expect(names).toEqual([
      `${disk}/WINDOWS/system32/WinEvt/logs/Archive-Security-2026-03-14-09-41-00-123.evtx`,
      `${disk}/WINDOWS/system32/WinEvt/logs/System.evtx`,
    ])
  })

  it('searches any other folder all the way down and sorts logs by name, whatever their extension', async () => {
    const folder = plant(temporaryFolder(), {
      'b/System.evtx': LOG_HEAD,
      'a/deep/er/renamed.bin': LOG_HEAD,
      'notes.txt': 'nothing',
      'B.evtx': LOG_HEAD,
    })
    const { roots, names, refused, logs } = await find(`${folder}/`)
    expect(roots).toEqual([{ kind: 'loose', path: `${folder}/`, label: '' }])
    expect(names).toEqual([`${folder}/B.evtx`, `${folder}/a/deep/er/renamed.bin`, `${folder}/b/System.evtx`])
    expect(refused).toEqual([])
    expect(logs.map((log) => log.size)).toEqual([4096, 4096, 4096])
  })

  it('makes each volume inside a folder a root of its own and leaves the other logs loose', async () => {
    const folder = plant(temporaryFolder(), {
      [`RDS02/${LOGS}/System.evtx`]: LOG_HEAD,
      [`RDS01/${LOGS}/System.evtx`]: LOG_HEAD,
      [`CaseLogs/2026-03-14/C/${LOGS}/System.evtx`]: LOG_HEAD,
      [`CaseLogs/2026-03-15/C/${LOGS}/System.evtx`]: LOG_HEAD,
      'RDS01/Backup.evtx': LOG_HEAD,
      'loose/System.evtx': LOG_HEAD,
    })
    const { roots, logs } = await find(folder)
    expect(roots.map((root) => [root.kind, root.label])).toEqual([
      ['loose', ''],
      ['volume', '2026-03-14/C'],
      ['volume', '2026-03-15/C'],
      ['volume', 'RDS01'],
      ['volume', 'RDS02'],
    ])
    expect(roots[3]!.path).toBe(`${folder}/RDS01`)
    expect(logs.map((log) => [log.root, log.name.slice(folder.length + 1)])).toEqual([
      [0, 'loose/System.evtx'],
      [1, `CaseLogs/2026-03-14/C/${LOGS}/System.evtx`],
      [2, `CaseLogs/2026-03-15/C/${LOGS}/System.evtx`],
      [3, `RDS01/${LOGS}/System.evtx`],
      [4, `RDS02/${LOGS}/System.evtx`],
    ])
  })

  it('throws an InputError that names a path that does not exist', async () => {
    const missing = join(temporaryFolder(), 'no-such')
    await expect(find(missing)).rejects.toThrow(InputError)
    await expect(find(missing)).rejects.toThrow(`There is no file or folder "${missing}"`)
  })

  it('finds nothing in a folder without logs and refuses nothing there', async () => {
    const { logs, refused } = await find(plant(temporaryFolder(), { 'a.txt': 'a', 'b/empty.txt': '' }))
    expect([logs, refused]).toEqual([[], []])
  })

  it('refuses what is named like a log and is none, and what holds 0 bytes', async () => {
    const folder = plant(temporaryFolder(), { 'a.evtx': 'no log', 'b.EVTX': '', 'c.evtx': LOG_HEAD })
    const { names, refused } = await find(folder)
    expect(names).toEqual([`${folder}/c.evtx`])
    expect(refused).toEqual([
      {
        name: `${folder}/a.evtx`,
        size: 6,
        root: 0,
        state: 'not-evtx',
        reason: expect.stringContaining('No event log'),
      },
      { name: `${folder}/b.EVTX`, size: 0, root: 0, state: 'empty', reason: expect.stringContaining('0 bytes') },
    ])
  })

  it('tells what became of a file that was named, whatever its name', async () => {
    const folder = plant(temporaryFolder(), { 'a.txt': 'no log', 'b.txt': '', 'c.zip': 'PK\x03\x04' })
    const { refused } = await find(join(folder, 'a.txt'), join(folder, 'b.txt'), join(folder, 'c.zip'))
    expect(refused.map((file) => [file.root, file.state])).toEqual([
      [0, 'not-evtx'],
      [1, 'empty'],
      [2, 'unreadable'],
    ])
    expect(refused[2]!.reason).toContain('zip')
  })

  it('does not follow links, so that a circle of them ends', async () => {
    const folder = plant(temporaryFolder(), { 'logs/System.evtx': LOG_HEAD })
    symlinkSync(folder, join(folder, 'logs/loop'))
    symlinkSync('System.evtx', join(folder, 'logs/Again.evtx'))
    const { names, links } = await find(folder)
    expect(names).toEqual([`${folder}/logs/System.evtx`])
    expect(links).toEqual([`${folder}/logs/Again.evtx`, `${folder}/logs/loop`])
  })

  it('follows a link that was typed, and reads a place that two paths lead to once', async () => {
    const folder = plant(temporaryFolder(), { 'logs/System.evtx': LOG_HEAD, [`pc/${LOGS}/System.evtx`]: LOG_HEAD })
    symlinkSync(folder, `${folder}-link`)
    const { names, roots } = await find(`${folder}-link`, `${folder}/pc`, `${folder}/logs/System.evtx`)
    execFileSync('rm', [`${folder}-link`])
    expect(names).toEqual([`${folder}-link/logs/System.evtx`, `${folder}-link/pc/${LOGS}/System.evtx`])
    expect(roots.filter((root) => root.kind === 'volume')).toHaveLength(1)
  })

  it('never opens a pipe that lies in a folder, and refuses one that was named', async () => {
    const folder = plant(temporaryFolder(), { 'System.evtx': LOG_HEAD })
    execFileSync('mkfifo', [join(folder, 'pipe.evtx')])
    expect((await find(folder)).names).toEqual([`${folder}/System.evtx`])
    expect((await find(join(folder, 'pipe.evtx'))).refused[0]).toMatchObject({ state: 'not-evtx' })
  })

  it('knows the forwarded log and its archives by their names', async () => {
    const folder = plant(temporaryFolder(), {
      'ForwardedEvents.evtx': LOG_HEAD,
      'Archive-ForwardedEvents-2026-03-14-09-41-00-123.evtx': LOG_HEAD,
      'NotForwardedEvents.evtx': LOG_HEAD,
    })
    const { logs } = await find(folder)
    expect(logs.map((log) => log.forwarded)).toEqual([true, true, false])
  })

  it('finds 10,000 small logs in order', async () => {
    const folder = plant(temporaryFolder(), { 'seed.evtx': LOG_HEAD })
    for (let i = 0; i < 100; i++) {
      mkdirSync(join(folder, `d${i}`))
      // File systems allow tens of thousands of names for one file; some fewer, so each folder has a file of its own.
      writeFileSync(join(folder, `d${i}/0.evtx`), LOG_HEAD)
      for (let j = 1; j < 100; j++) linkSync(join(folder, `d${i}/0.evtx`), join(folder, `d${i}/${j}.evtx`))
    }
    const { names } = await find(folder)
    expect(names).toHaveLength(10_001)
    expect(names).toEqual([...names].sort())
  })

  it('stops with the reason of an aborted signal', async () => {
    const folder = plant(temporaryFolder(), { 'System.evtx': LOG_HEAD })
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    await expect(findEvidence([folder], { signal: stop.signal })).rejects.toThrow('enough')
  })
})
