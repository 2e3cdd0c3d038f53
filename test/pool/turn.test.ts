import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { listening, throwIfAborted, turn } from '../../src/pool/turn.ts'

/** Works until it hears of an abort, or half a second at most. */
async function work(): Promise<string> {
  const end = performance.now() + 500
  while (performance.now() < end) {
    const pause = turn()
    if (pause) await pause
  }
  return 'done'
}

describe('turn()', () => {
  it('lets an abort be heard within 0.1 s by a loop that never waits for anything else', async () => {
    const abort = new AbortController()
    let aborted = 0
    globalThis.setTimeout(() => {
      aborted = performance.now()
      abort.abort('enough')
    }, 60)
    await expect(listening(abort.signal, work)).rejects.toBe('enough')
    expect(performance.now() - aborted).toBeLessThan(100)
  })

  it('costs no promise while it is too early', async () => {
    await turn()
    let pauses = 0
    for (let i = 0; i < 1_000; i++) if (turn()) pauses++
    expect(pauses).toBeLessThan(10)
  })

  it('hears no signal while two runs go on, and again when one is left', async () => {
    const abort = new AbortController()
    const other = listening(new AbortController().signal, () => setTimeout(60, 'done'))
    const mine = listening(abort.signal, work)
    abort.abort('enough')
    await turn()
    expect(throwIfAborted).not.toThrow()
    expect(await other).toBe('done')
    await expect(mine).rejects.toBe('enough')
  })

  it('hears the signal of a run that goes on inside itself', async () => {
    const abort = new AbortController()
    abort.abort('enough')
    await expect(listening(abort.signal, () => listening(abort.signal, work))).rejects.toBe('enough')
  })

  it('hears nothing of a run that was aborted and is over', async () => {
    const abort = new AbortController()
    abort.abort('enough')
    await expect(listening(abort.signal, work)).rejects.toBe('enough')
    expect(await work()).toBe('done')
    expect(throwIfAborted).not.toThrow()
  })
})
