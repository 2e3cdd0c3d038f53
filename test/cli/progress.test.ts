import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { describeProgress, showProgress } from '../../src/cli/progress.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'

const PROGRESS = {
  files: 500,
  filesDone: 12,
  bytes: 4 * 1024 ** 3,
  bytesDone: 1.25 * 1024 ** 3,
  current: 'logs/\x1b[2JSystem.evtx',
}

describe('describeProgress()', () => {
  it('counts files, and bytes in one unit', () => {
    expect(describeProgress(PROGRESS)).toBe('12 of 500 files  1.3 of 4.0 GB')
    expect(describeProgress({ files: 1, filesDone: 0, bytes: 100, bytesDone: 50 })).toBe('0 of 1 file  50 of 100 B')
    expect(describeProgress({ files: 0, filesDone: 0, bytes: 0, bytesDone: 0 })).toBe('0 of 0 files  0 of 0 B')
  })
})

describe('showProgress()', () => {
  it('draws on a terminal, and nothing that a file name holds acts on it', async () => {
    const terminal = fakeTerminal({ isTTY: true })
    // cli-progress asks its stream whether it is a terminal.
    Object.assign(terminal.stderr.stream, { isTTY: true, columns: 200 })
    const bar = showProgress(terminal, true)
    bar.update(PROGRESS)
    await setTimeout(900)
    bar.update(PROGRESS)
    await setTimeout(600)
    bar.stop()
    expect(terminal.error()).toContain('12 of 500 files')
    expect(terminal.error()).toContain('System.evtx')
    expect(terminal.error()).not.toContain('\x1b[2J')
  })

  it('says nothing into a pipe, when nobody wants it, and when the run is over soon', async () => {
    const terminals = [fakeTerminal(), fakeTerminal({ isTTY: true }), fakeTerminal({ isTTY: true })]
    const bars = terminals.map((terminal, i) => showProgress(terminal, i !== 1))
    for (const bar of bars) bar.update(PROGRESS)
    bars[2]!.stop()
    await setTimeout(500)
    for (const bar of bars) bar.stop()
    expect(terminals.map((terminal) => terminal.error())).toEqual(['', '', ''])
  })
})
