import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashFiles } from '../../src/scan/hash.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'

const here = { threads: 1 }
const unwatched = new AbortController().signal

describe('hashFiles()', () => {
  it('hashes each file, in the order given, and says why it cannot hash one', async () => {
    const big = Buffer.concat([LOG_HEAD, Buffer.alloc(3e6, 7)])
    const folder = plant(temporaryFolder(), { 'a.evtx': LOG_HEAD, 'b.evtx': big, 'c.evtx': Buffer.alloc(0) })
    const names = ['a.evtx', 'gone', 'b.evtx', 'c.evtx']
    const files = names.map((name, i) => ({ source: { kind: 'file' as const, path: join(folder, name) }, size: i }))
    const done: number[] = []
    const [a, gone, b, c] = await hashFiles(files, { ...here, onBytes: (bytes) => done.push(bytes) }, unwatched)
    // sha256sum of "ElfFile\0" and 4088 zeros.
    expect(a).toEqual({ sha256: '404fe12203a646894e7d9ae21941a14da790228a7860efa1019c17d8d3dc3d56', size: 4096 })
    expect(b).toEqual({ sha256: createHash('sha256').update(big).digest('hex'), size: big.length })
    expect(c).toEqual({ sha256: createHash('sha256').digest('hex'), size: 0 })
    expect(gone?.failure).toMatch(/^It was gone when it was opened/)
    expect(done.at(-1)).toBe(0 + 1 + 2 + 3)
  })

  it('stops when it is aborted', async () => {
    const folder = plant(temporaryFolder(), { 'a.evtx': LOG_HEAD })
    const files = [{ source: { kind: 'file' as const, path: join(folder, 'a.evtx') }, size: 4096 }]
    await expect(hashFiles(files, here, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})
