import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { eachAtOnce } from '../../src/evidence/at-once.ts'

describe('eachAtOnce', () => {
  it('keeps the order of the items and the limit of tasks', async () => {
    let running = 0
    let most = 0
    const results = await eachAtOnce(3, [5, 1, 4, 2, 3, 0], async (item) => {
      most = Math.max(most, ++running)
      await setTimeout(item)
      running--
      return item * 2
    })
    expect(results).toEqual([10, 2, 8, 4, 6, 0])
    expect(most).toBe(3)
  })

  it('throws the first failure and begins nothing after it', async () => {
    const begun: number[] = []
    const run = eachAtOnce(1, [1, 2, 3], async (item) => {
      begun.push(item)
      if (item === 2) throw new Error('two')
    })
    await expect(run).rejects.toThrow('two')
    expect(begun).toEqual([1, 2])
  })
})
