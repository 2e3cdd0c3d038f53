import { describe, expect, it } from 'vitest'
import { writeWhole } from '../../src/cli/write-whole.ts'

const failure = (code: string) => Object.assign(new Error(code), { code })

describe('writeWhole()', () => {
  it('goes on where a short write stopped, and waits where none was possible', async () => {
    const taken: number[] = []
    let calls = 0
    await writeWhole(
      async (bytes) => {
        if (++calls % 2 === 1) throw failure('EAGAIN')
        taken.push(...bytes.subarray(0, 3))
        return Math.min(3, bytes.length)
      },
      Uint8Array.from([1, 2, 3, 4, 5, 6, 7]),
    )
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(calls).toBe(6)
  })

  it('throws any other failure', async () => {
    await expect(writeWhole(() => Promise.reject(failure('ENOSPC')), new Uint8Array(1))).rejects.toThrow('ENOSPC')
  })

  it('stops waiting when it is aborted, with the reason of that', async () => {
    const stop = new AbortController()
    const writing = writeWhole(() => Promise.reject(failure('EAGAIN')), new Uint8Array(1), stop.signal)
    stop.abort(new Error('enough'))
    await expect(writing).rejects.toThrow('enough')
  })
})
