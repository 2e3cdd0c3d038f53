import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { hiveOf, LISTENER_KEY_FILE, SELECT } from '../support/machine.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

/** A folder that may not be listed: tests may run as root, who may list all. */
let closed = ''

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const refuse = (path: unknown): void => {
    if (path === closed) throw Object.assign(new Error('EACCES: permission denied, scandir'), { code: 'EACCES' })
  }
  // Each takes what the real one takes, and is asked by `folderTree` alone.
  const readdirSync = ((path: string, options: never) => {
    refuse(path)
    return fs.readdirSync(path, options)
  }) as typeof fs.readdirSync
  const readdir = (async (path: string, options: never) => {
    refuse(path)
    return fs.promises.readdir(path, options)
  }) as typeof fs.promises.readdir
  return { ...fs, readdirSync, promises: { ...fs.promises, readdir } }
})

beforeEach(() => {
  closed = ''
})

const KEYS = 'ProgramData/Microsoft/Crypto/RSA/MachineKeys'
const VOLUME = {
  'Windows/System32/ntdll.dll': '',
  'Windows/System32/winevt/Logs/System.evtx': bulkyLog(1),
  'Windows/System32/config/SYSTEM': hiveOf(SELECT),
  'Windows/System32/config/SOFTWARE': hiveOf({}),
  [`${KEYS}/${LISTENER_KEY_FILE}`]: 'key',
}

async function told(command: string, path: string) {
  const terminal = fakeTerminal()
  const code = await main([command, path, '--quiet'], worldOf(terminal))
  return { code, error: terminal.error() }
}

describe('a folder that may not be listed', () => {
  it.each(['facts', 'analyze'])('%s names the folder of keys and ends with 4', async (command) => {
    const volume = plant(temporaryFolder(), VOLUME)
    expect(await told(command, volume)).toEqual({ code: 0, error: '' })
    closed = join(volume, KEYS)
    const { code, error } = await told(command, volume)
    expect(error).toMatch(
      /^1 file or folder could not be read:\n {2}\S+\/MachineKeys: .*could not be listed: access is/,
    )
    expect(code).toBe(4)
  })

  it('is no matter to a command that reads logs alone, where it is one of keys', async () => {
    const volume = plant(temporaryFolder(), VOLUME)
    closed = join(volume, KEYS)
    expect(await told('info', volume)).toEqual({ code: 0, error: '' })
  })

  it.each(['facts', 'analyze'])('%s says why it found nothing, and ends with 4', async (command) => {
    const folder = plant(temporaryFolder(), { 'notes.txt': 'x', 'shut/in.txt': 'x' })
    closed = join(folder, 'shut')
    const { code, error } = await told(command, folder)
    expect(error).toContain(
      `\n1 file or folder could not be read:\n  ${closed}: The folder could not be listed: access`,
    )
    expect(code).toBe(4)
  })

  it('is told by facts beside a volume that it found: it may hold another', async () => {
    const folder = temporaryFolder()
    plant(join(folder, 'one'), VOLUME)
    plant(folder, { 'two/x': '', 'shut.evtx': bulkyLog(1) })
    closed = join(folder, 'two')
    const { code, error } = await told('facts', folder)
    expect([code, error]).toEqual([4, expect.stringContaining(`  ${closed}: The folder could not be listed`)])
  })
})
