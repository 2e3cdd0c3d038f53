import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Interrupted, listenForInterrupts } from '../../src/cli/signals.ts'

function fakeProcess() {
  const codes: number[] = []
  return Object.assign(new EventEmitter(), { codes, exit: (code: number) => void codes.push(code) })
}

describe('listenForInterrupts()', () => {
  it('aborts at the first signal and lets the run unwind', () => {
    const source = fakeProcess()
    const { signal } = listenForInterrupts(source)
    expect(signal.aborted).toBe(false)
    source.emit('SIGINT')
    expect(signal.reason).toBeInstanceOf(Interrupted)
    expect(source.codes).toEqual([])
  })

  it('ends the process at once at the second', () => {
    const source = fakeProcess()
    listenForInterrupts(source)
    source.emit('SIGINT')
    source.emit('SIGTERM')
    expect(source.codes).toEqual([130])
  })

  it('ends a run that does not heed it within a tenth of a second', async () => {
    const source = fakeProcess()
    listenForInterrupts(source)
    source.emit('SIGINT')
    await setTimeout(90)
    expect(source.codes).toEqual([130])
  })

  it('listens no longer when it is stopped', () => {
    const source = fakeProcess()
    listenForInterrupts(source).stop()
    expect(source.eventNames()).toEqual([])
  })
})
