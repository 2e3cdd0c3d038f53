import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leadsToAnotherMachine } from '../../src/cli/another-machine.ts'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

describe('leadsToAnotherMachine()', () => {
  it.each([
    '\\\\server\\share\\x.evtx',
    '//server/share/x.evtx',
    '\\/server\\share',
    '/\\server/share',
    '\\\\?\\UNC\\server\\share',
    '//?/unc/server/share',
    '\\\\.\\UNC\\server\\share',
    '\\\\.\\pipe\\x',
    '\\??\\UNC\\server\\share',
    '\\\\?\\GLOBALROOT\\Device\\Mup\\server\\share',
    '\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1\\..\\Mup\\server\\share',
    '//?/C:/../UNC/server/share',
    '\\\\?\\C:x',
    '\\\\?\\Volume{5a1c0b1e-0000-0000-0000-100000000000}\\..\\UNC\\server\\share',
    '\\\\?\\Volume{server}\\share',
    '\\\\.\\HarddiskVolumeShadowCopy3\\..\\UNC\\server\\share',
    '\\\\?\\GLOBALROOT\\Device\\Harddisk0\\Partition2\\..\\..\\Mup\\server\\share',
    '\\\\?\\GLOBALROOT\\Device\\Harddisk0',
  ])('says so of %s', (path) => expect(leadsToAnotherMachine(path)).toBe(true))

  it.each([
    'logs/System.evtx',
    '../logs/System.evtx',
    '/mnt/logs/System.evtx',
    '\\logs\\System.evtx',
    'F:\\System.evtx',
    'F:',
    '\\\\?\\F:\\System.evtx',
    '//?/f:/logs',
    '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12\\Windows',
    '\\\\?\\GLOBALROOT\\Device\\Harddisk0\\Partition2\\Windows',
    '\\\\.\\HarddiskVolumeShadowCopy3\\Windows\\System32',
    '\\\\?\\Volume{5a1c0b1e-0000-0000-0000-100000000000}\\Windows',
    '//./volume{5A1C0B1E-0000-0000-0000-100000000000}/',
    '-',
    '',
  ])('does not of "%s"', (path) => expect(leadsToAnotherMachine(path)).toBe(false))
})

describe('evtxray verify', () => {
  async function verified(...args: readonly string[]) {
    const terminal = fakeTerminal()
    const code = await main(['verify', ...args, '--threads', '1', '--format', 'json'], worldOf(terminal))
    // The document is the program's own.
    const { files } = JSON.parse(terminal.out()) as { files: { file: string; state: string; reason?: string }[] }
    return { code, files: files.filter(({ state }) => state !== 'holds') }
  }

  it('asks no other machine for what a manifest names there, unless it is told where to look', async () => {
    const folder = temporaryFolder()
    const logs = plant(join(folder, 'logs'), { 'System.evtx': bulkyLog(1) })
    const result = join(folder, 'result')
    expect(await main(['analyze', logs, '-o', result, '-q'], worldOf(fakeTerminal()))).toBe(0)
    const path = join(result, 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8'))
    const [log] = manifest.inputs
    // Outside of Windows the first is a place of this machine: it would be found there.
    const named = [`/${logs}/System.evtx`, '\\\\server\\share\\System.evtx', '//?/UNC/server/share/System.evtx']
    const hive = { kind: 'hive', file: '//server/c$/Windows/System32/config/SYSTEM', size: 1, sha256: 'a'.repeat(64) }
    const keys = `/${logs}/keys`
    mkdirSync(join(logs, 'keys'))
    const inputs = [
      ...named.map((file) => ({ ...log, file })),
      hive,
      { kind: 'key-file', file: `${keys}/there`, state: 'present', size: 1 },
      { kind: 'key-file', file: `${keys}/gone`, state: 'absent' },
    ]
    writeFileSync(path, JSON.stringify({ ...manifest, inputs }))
    const { code, files } = await verified(result)
    const reason = 'The name may lead to another machine; it is looked for with --inputs DIR only'
    expect(files).toMatchObject([
      ...[...named, hive.file, `${keys}/there`].map((file) => ({ file, state: 'unreadable', reason })),
      { file: `${keys}/gone`, state: 'unchecked', reason },
    ])
    expect(code).toBe(4)
    const told = await verified(result, '--inputs', logs)
    expect(told.files.map(({ file, state }) => `${state} ${file}`)).toEqual([
      `missing ${hive.file}`,
      `missing ${keys}/there`,
    ])
  })
})
