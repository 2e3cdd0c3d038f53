import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { describeProgress, Pace, showProgress } from '../../src/cli/progress.ts'
import { english } from '../../src/report/language/en.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { renderSize } from '../../src/report/quantity.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'

const PROGRESS = {
  files: 500,
  filesDone: 12,
  bytes: 4 * 1024 ** 3,
  bytesDone: 1.25 * 1024 ** 3,
  current: 'logs/\x1b[2JSystem.evtx',
}

describe('describeProgress()', () => {
  it('counts files, and says sizes as the report does', () => {
    const sizes = [PROGRESS.bytesDone, PROGRESS.bytes].map((bytes) => renderSize(bytes, voiceOf(english)))
    expect(describeProgress(PROGRESS)).toBe(`12 of 500 files  ${sizes.join(' of ')}`)
    expect(describeProgress({ files: 1, filesDone: 0, bytes: 100, bytesDone: 50 })).toContain('0 of 1 file  50 ')
  })
})

describe('Pace', () => {
  const at = (bytesDone: number) => ({ files: 1, filesDone: 0, bytes: 1e9, bytesDone })

  it('says how fast it goes and how long it will take, once it can know', () => {
    let now = 5_000
    const pace = new Pace(() => now)
    expect(pace.told(at(0))).toEqual([])
    now += 2_000
    expect(pace.told(at(400e6))).toEqual(['200 MB/s', '3 s left'])
    now += 1_000
    expect(pace.told(at(1e9))).toEqual(['333 MB/s', '0 s left'])
  })

  it('begins anew with another pass over the same bytes', () => {
    let now = 0
    const pace = new Pace(() => now)
    pace.told(at(0))
    now += 1_000
    pace.told(at(1e9))
    expect(pace.told(at(0))).toEqual([])
    now += 2_000
    expect(pace.told(at(200e6))).toEqual(['100 MB/s', '8 s left'])
  })
})

describe('showProgress()', () => {
  it('draws on a terminal, and nothing that a file name holds acts on it', async () => {
    const terminal = fakeTerminal({ isTTY: true })
    // cli-progress asks its stream whether it is a terminal.
    Object.assign(terminal.stderr.stream, { isTTY: true, columns: 200 })
    const bar = showProgress(terminal, true)
    bar.update(PROGRESS)
    for (let waited = 0; !terminal.error().includes('12 of 500 files') && waited < 10_000; waited += 50) {
      await setTimeout(50)
      bar.update(PROGRESS)
    }
    bar.stop()
    expect(terminal.error()).toContain('12 of 500 files')
    expect(terminal.error()).toContain('System.evtx')
    expect(terminal.error()).not.toContain('\x1b[2J')
  })

  it('gives the terminal back when it stops, and draws no more', async () => {
    const terminal = fakeTerminal({ isTTY: true })
    Object.assign(terminal.stderr.stream, { isTTY: true, columns: 200 })
    const bar = showProgress(terminal, true)
    bar.update(PROGRESS)
    for (let waited = 0; terminal.error() === '' && waited < 10_000; waited += 50) await setTimeout(50)
    bar.stop()
    const { length } = terminal.error()
    // Cursor shown, line wrap on, the saved place, its line cleared: nothing of the bar is left.
    expect(terminal.error()).toMatch(/\x1b\[\?25h\x1b\[\?7h\x1b8\x1b\[1G\x1b\[[02]?K$/)
    bar.update(PROGRESS)
    await setTimeout(1200)
    bar.stop()
    expect(terminal.error()).toHaveLength(length)
  })

  it('says nothing into a pipe, when nobody wants it, when the run is over soon, and on a dumb terminal', async () => {
    const dumb = fakeTerminal({ isTTY: true, env: { TERM: 'dumb' } })
    const terminals = [fakeTerminal(), fakeTerminal({ isTTY: true }), fakeTerminal({ isTTY: true }), dumb]
    const bars = terminals.map((terminal, i) => showProgress(terminal, i !== 1))
    for (const bar of bars) bar.update(PROGRESS)
    bars[2]!.stop()
    await setTimeout(500)
    for (const bar of bars) bar.stop()
    expect(terminals.map((terminal) => terminal.error())).toEqual(['', '', '', ''])
  })
})
