import { describe, expect, it } from 'vitest'
import { type RunProgram, readAccessControl } from '../../src/evidence/access-control.ts'

interface Call {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** A child process that answers as it is told, and remembers what it was asked. */
function program(answer: (call: Call, count: number) => Uint8Array | Error): { run: RunProgram; calls: Call[] } {
  const calls: Call[] = []
  const run: RunProgram = async (file, args, { env }) => {
    const call = { file, args, env }
    calls.push(call)
    const answered = answer(call, calls.length)
    if (answered instanceof Error) throw answered
    return answered
  }
  return { run, calls }
}

const failure = (properties: object): Error => Object.assign(new Error('failed'), properties)
const bytes = Uint8Array.from([1, 0, 4])
const FUSE = 0x65735546
const EXT4 = 0xef53

describe('readAccessControl() on Linux', () => {
  const read = (run: RunProgram, path = '/mnt/-n key') =>
    readAccessControl(path, { run, platform: 'linux', fileSystem: async () => FUSE })

  it('asks getfattr, without a shell, with the name behind a double dash', async () => {
    const { run, calls } = program(() => bytes)
    expect(await read(run)).toEqual({ state: 'present', bytes })
    expect(calls).toMatchObject([
      {
        file: 'getfattr',
        args: ['-h', '-n', 'system.ntfs_acl', '--only-values', '--absolute-names', '--', '/mnt/-n key'],
        env: { LC_ALL: 'C' },
      },
    ])
  })

  it('asks for the attribute of ntfs3 where that of ntfs-3g is not there', async () => {
    const missing = failure({ code: 1, stderr: 'getfattr: x: system.ntfs_acl: No such attribute\n' })
    const { run, calls } = program((_, count) => (count === 1 ? missing : bytes))
    expect(await read(run)).toEqual({ state: 'present', bytes })
    expect(calls[1]?.args[2]).toBe('system.ntfs_security')
  })

  it.each([
    [{ code: 'ENOENT' }, 'Access control was not read: getfattr is not there (package "attr")'],
    [{ code: 1, stderr: 'x: Operation not supported' }, /this file system shows no NTFS permissions/],
    [{ code: 1, stderr: 'x: Permission denied' }, 'Access control was not read: run again as root'],
    [{ killed: true }, 'Access control was not read within 15 s'],
    [{ code: 1, stderr: 'x: surprise' }, 'Access control was not read: the program that reads it failed'],
  ])('tells why where it fails: %o', async (properties, reason) => {
    const { run } = program(() => failure(properties))
    expect(await read(run)).toEqual({
      state: 'not-collected',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    })
  })

  it('starts no child process where the file system has nothing to tell', async () => {
    const { run, calls } = program(() => bytes)
    const options = { run, platform: 'linux', fileSystem: async () => EXT4 }
    expect(await readAccessControl('/x', options)).toMatchObject({ state: 'not-collected' })
    expect(calls).toEqual([])
  })

  it('does not take no bytes for a descriptor', async () => {
    const { run } = program(() => new Uint8Array(0))
    expect(await read(run)).toMatchObject({ state: 'not-collected' })
  })

  it('ends when it is told to', async () => {
    const stop = new AbortController()
    const run: RunProgram = async () => {
      stop.abort(new Error('stopped'))
      throw failure({ code: 'ABORT_ERR' })
    }
    await expect(
      readAccessControl('/x', { run, platform: 'linux', fileSystem: async () => FUSE, signal: stop.signal }),
    ).rejects.toThrow('stopped')
  })

  it('says so for a file of another file system, with the real getfattr or without one', async () => {
    const read = await readAccessControl(import.meta.filename)
    expect(read).toMatchObject({
      state: 'not-collected',
      reason: expect.stringContaining('Access control was not read'),
    })
  })
})

describe('readAccessControl() on Windows', () => {
  it('asks PowerShell, with the path in its environment and in no command', async () => {
    const { run, calls } = program(() => Buffer.from('O:SYG:SYD:(A;;FA;;;SY)\r\n'))
    const read = await readAccessControl('/x/$(calc)', { run, platform: 'win32' })
    expect(read).toEqual({ state: 'present', sddl: 'O:SYG:SYD:(A;;FA;;;SY)' })
    expect(calls[0]?.file).toMatch(/powershell\.exe$/)
    expect(calls[0]?.args.join(' ')).not.toContain('calc')
    expect(Object.values(calls[0]?.env ?? {}).join(' ')).toContain('$(calc)')
  })

  it('tells why where it fails', async () => {
    const { run } = program(() => failure({ code: 1, stderr: 'Get-Acl : Access is denied' }))
    expect(await readAccessControl('/x', { run, platform: 'win32' })).toEqual({
      state: 'not-collected',
      reason: 'Access control was not read: run again as administrator',
    })
  })
})
