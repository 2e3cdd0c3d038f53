import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Interrupted, listenForInterrupts } from '../../src/cli/signals.ts'

function fakeProcess() {
  const codes: number[] = []
  return Object.assign(new EventEmitter(), { codes, exit: (code: number) => void codes.push(code) })
}

const nobody = (): void => {}

describe('listenForInterrupts()', () => {
  it('aborts at the first signal and lets the run unwind', () => {
    const source = fakeProcess()
    const { signal } = listenForInterrupts(nobody, source)
    expect(signal.aborted).toBe(false)
    source.emit('SIGINT')
    expect(signal.reason).toBeInstanceOf(Interrupted)
    expect(source.codes).toEqual([])
  })

  it('tells of the first once, after all who listen have heard of it', () => {
    const source = fakeProcess()
    const heard: string[] = []
    const { signal } = listenForInterrupts(() => heard.push('told'), source)
    signal.addEventListener('abort', () => heard.push('bar is gone'))
    source.emit('SIGINT')
    source.emit('SIGINT')
    expect(heard).toEqual(['bar is gone', 'told'])
  })

  it('ends the process at once at the second', () => {
    const source = fakeProcess()
    listenForInterrupts(nobody, source)
    source.emit('SIGINT')
    source.emit('SIGTERM')
    expect(source.codes).toEqual([130])
  })

  it('ends a run that does not heed it', async () => {
    const source = fakeProcess()
    listenForInterrupts(nobody, source)
    source.emit('SIGINT')
    for (let waited = 0; source.codes.length === 0 && waited < 5000; waited += 10) await setTimeout(10)
    expect(source.codes).toEqual([130])
  })

  it('overhears the first signal when the results are in place, and ends at the second', () => {
    const source = fakeProcess()
    const told: string[] = []
    const { signal, settle } = listenForInterrupts(() => told.push('interrupted'), source)
    settle()
    source.emit('SIGINT')
    expect([signal.aborted, told, source.codes]).toEqual([false, [], []])
    source.emit('SIGINT')
    expect(source.codes).toEqual([130])
  })

  it('does not let a run settle that is interrupted', () => {
    const source = fakeProcess()
    const { settle } = listenForInterrupts(nobody, source)
    source.emit('SIGINT')
    expect(settle).toThrow(Interrupted)
  })

  it('ends a process whose run is over with the code of the run', () => {
    const source = fakeProcess()
    listenForInterrupts(nobody, source).end(4)
    source.emit('SIGTERM')
    expect(source.codes).toEqual([4])
  })
})
