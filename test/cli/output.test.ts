import { execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeTo } from '../../src/cli/output.ts'
import { ClosedPipe } from '../../src/cli/output-failure.ts'
import { draftFile, openDevice } from '../../src/cli/output-file.ts'
import { openResultFolder } from '../../src/cli/result-folder.ts'
import { splitRows } from '../../src/cli/split-rows.ts'
import { removeAllUnfinished } from '../../src/cli/unfinished.ts'
import { OutputError } from '../../src/errors.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

const NOTHING = { paths: [], collection: { roots: [], logs: [], refused: [] } }
const failure = (code: string) => Object.assign(new Error(code), { code })

function target(output: string | undefined, terminal = fakeTerminal()) {
  const { signal } = new AbortController()
  return { output, terminal, signal, settle: () => {}, force: false, evidence: NOTHING }
}

/** Keeps all threads that open files waiting, for somebody who writes to a pipe. */
function busyThreads() {
  const pipe = join(temporaryFolder(), 'pipe')
  execFileSync('mkfifo', [pipe])
  const waiting = Array.from({ length: Number(process.env.UV_THREADPOOL_SIZE ?? 4) }, () => open(pipe, 'r'))
  const end = async (): Promise<void> => {
    const writer = openSync(pipe, 'w')
    for (const reader of waiting) await (await reader).close()
    closeSync(writer)
  }
  return { end }
}

describe('writeTo()', () => {
  it('writes to standard output when nothing or - was asked', async () => {
    for (const output of [undefined, '-']) {
      const terminal = fakeTerminal()
      await writeTo(target(output, terminal), (write) => write(Buffer.from('text')))
      expect(terminal.out()).toBe('text')
    }
  })

  it('gives a file its name only when all is written', async () => {
    const folder = temporaryFolder()
    await writeTo(target(join(folder, 'x.csv')), async (write) => {
      await write(Buffer.from('a'))
      expect(readdirSync(folder)).not.toContain('x.csv')
      await write(Buffer.from('b'))
    })
    expect(readdirSync(folder)).toEqual(['x.csv'])
    expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toBe('ab')
  })

  it('leaves nothing when the work throws', async () => {
    const folder = temporaryFolder()
    const work = writeTo(target(join(folder, 'x.csv')), async (write) => {
      await write(Buffer.from('a'))
      throw new Error('work')
    })
    await expect(work).rejects.toThrow('work')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves nothing when it was interrupted after the last byte', async () => {
    const folder = temporaryFolder()
    const stop = new AbortController()
    const settle = () => stop.signal.throwIfAborted()
    const work = writeTo({ ...target(join(folder, 'x.csv')), signal: stop.signal, settle }, async (write) => {
      await write(Buffer.from('a'))
      stop.abort(new Error('stopped'))
    })
    await expect(work).rejects.toThrow('stopped')
    expect(readdirSync(folder)).toEqual([])
  })

  it('lets nothing interrupt any more before the file has its name', async () => {
    const folder = temporaryFolder()
    const settle = () => expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.partial$/)])
    await writeTo({ ...target(join(folder, 'x.csv')), settle }, (write) => write(Buffer.from('a')))
    expect.assertions(1)
  })

  it('leaves the file that was there when a forced run fails', async () => {
    const folder = plant(temporaryFolder(), { 'x.csv': 'old' })
    const work = writeTo({ ...target(join(folder, 'x.csv')), force: true }, async () => {
      throw new Error('work')
    })
    await expect(work).rejects.toThrow('work')
    expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toBe('old')
  })

  it('takes a reader that has left for no error, and a full disk for one', async () => {
    const to = (code: string) => target(undefined, fakeTerminal({ write: () => Promise.reject(failure(code)) }))
    const write = (code: string) => writeTo(to(code), (each) => each(Buffer.from('a')))
    await expect(write('EPIPE')).rejects.toThrow(ClosedPipe)
    await expect(write('ENOSPC')).rejects.toThrow('Could not write to standard output: the disk is full (ENOSPC)')
  })

  it('says that the disk is full when a device is', async () => {
    await expect(writeTo(target('/dev/full'), (write) => write(Buffer.from('a')))).rejects.toThrow(
      'Could not write "/dev/full": the disk is full (ENOSPC)',
    )
  })

  it('waits for the reader of a pipe and writes it straight', async () => {
    const pipe = join(temporaryFolder(), 'pipe')
    execFileSync('mkfifo', [pipe])
    const work = writeTo(target(pipe), (write) => write(Buffer.alloc(200_000, 'x')))
    const reader = spawn('wc', ['-c', pipe])
    let counted = ''
    reader.stdout.on('data', (data) => {
      counted += data
    })
    await work
    await new Promise((resolve) => reader.on('close', resolve))
    expect(counted).toContain('200000')
  })
})

describe('draftFile()', () => {
  it('throws an OutputError and leaves nothing when the disk fills up in the middle', async () => {
    const folder = temporaryFolder()
    let room = 5
    const draft = draftFile({ typed: 'x', path: join(folder, 'x'), kind: 'new' }, async (fd, bytes) => {
      if (room === 0) throw failure('ENOSPC')
      const taken = writeSync(fd, bytes.subarray(0, room))
      room -= taken
      return taken
    })
    await draft.write(Buffer.from('abc'))
    await expect(draft.write(Buffer.from('defg'))).rejects.toThrow(OutputError)
    draft.discard()
    expect(readdirSync(folder)).toEqual([])
  })

  it('tells size and hash of what it wrote', async () => {
    const draft = draftFile({ typed: 'x', path: join(temporaryFolder(), 'x'), kind: 'new' })
    await draft.write(Buffer.from('ab'))
    await draft.write(Buffer.from('c'))
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(await draft.close()).toEqual({ size: 3, sha256 })
    draft.discard()
  })

  it('says why a file cannot be made', async () => {
    const place = { typed: 'x', path: join(temporaryFolder(), 'gone/x'), kind: 'new' as const }
    expect(() => draftFile(place)).toThrow('Could not write "x"')
  })

  it('makes its file at once: nothing comes after the end of the process, however busy the threads are', async () => {
    const folder = temporaryFolder()
    const busy = busyThreads()
    const draft = draftFile({ typed: 'x', path: join(folder, 'x'), kind: 'new' })
    removeAllUnfinished()
    await busy.end()
    await draft.close()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('openDevice()', () => {
  it('throws the reason when it is stopped while nobody reads a pipe, or while its reader is slow', async () => {
    const path = join(temporaryFolder(), 'pipe')
    execFileSync('mkfifo', [path])
    const place = { typed: 'pipe', path, kind: 'device' as const }
    const opening = new AbortController()
    const waiting = openDevice(place, opening.signal)
    opening.abort('stopped opening')
    await expect(waiting).rejects.toBe('stopped opening')
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const writing = new AbortController()
    const device = await openDevice(place, writing.signal)
    // More than any pipe holds.
    const written = device.write(Buffer.alloc(4 * 1024 * 1024))
    setTimeout(() => writing.abort('stopped writing'), 50)
    await expect(written).rejects.toBe('stopped writing')
    await device.close()
    closeSync(reader)
  })

  it('throws an OutputError when it cannot be closed', async () => {
    const device = await openDevice({ typed: 'null', path: '/dev/null', kind: 'device' }, new AbortController().signal)
    await device.close()
    await expect(device.close()).rejects.toThrow(
      new OutputError('Could not write "null": the system says EBADF', '"null"'),
    )
  })
})

describe('openResultFolder()', () => {
  const options = { force: false, evidence: NOTHING }

  it('shows all files at once', async () => {
    const root = temporaryFolder()
    const folder = await openResultFolder(join(root, 'a/b'), options)
    expect(await folder.add('one', '1')).toMatchObject({ file: 'one', size: 1 })
    await folder.add('two', '2')
    expect(readdirSync(join(root, 'a/b')).filter((name) => !name.endsWith('.partial'))).toEqual([])
    folder.publish()
    expect(readdirSync(join(root, 'a/b')).sort()).toEqual(['one', 'two'])
  })

  it('takes its own folders away when it is given up, and no other', async () => {
    const root = temporaryFolder()
    const folder = await openResultFolder(join(root, 'a/b'), options)
    await folder.add('one', '1')
    folder.discard()
    expect(readdirSync(root)).toEqual([])
    const inRoot = await openResultFolder(root, options)
    await inRoot.add('one', '1')
    inRoot.discard()
    expect(readdirSync(root)).toEqual([])
  })
})

describe('splitRows()', () => {
  async function split(text: string, pieces: number, rows: number) {
    const folder = temporaryFolder()
    await splitRows(
      target(join(folder, 'x.csv')),
      async (write) => {
        for (let i = 0; i < text.length; i += pieces) await write(Buffer.from(text.slice(i, i + pieces)))
      },
      rows,
    )
    return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
  }

  it.each([1, 2, 3, 100])(
    'begins a file with the header where the one before is full, in pieces of %i',
    async (pieces) => {
      expect(await split('H\r\n1\r\n2\r\n3\r\n4\r\n5\r\n', pieces, 3)).toEqual({
        'x.csv': 'H\r\n1\r\n2\r\n',
        'x-2.csv': 'H\r\n3\r\n4\r\n',
        'x-3.csv': 'H\r\n5\r\n',
      })
    },
  )

  it('makes one file when the rows just fit', async () => {
    expect(await split('H\r\n1\r\n2\r\n', 4, 3)).toEqual({ 'x.csv': 'H\r\n1\r\n2\r\n' })
  })

  it('refuses a further file that exists, and leaves nothing of its own', async () => {
    const folder = plant(temporaryFolder(), { 'x-2.csv': 'mine' })
    const work = splitRows(target(join(folder, 'x.csv')), (write) => write(Buffer.from('H\r\n1\r\n2\r\n')), 2)
    await expect(work).rejects.toThrow('exists')
    expect(readdirSync(folder)).toEqual(['x-2.csv'])
  })
})
