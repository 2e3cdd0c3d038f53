import { describe, expect, it } from 'vitest'
import { isColored, painted } from '../../src/cli/paint.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'

describe('isColored()', () => {
  it('colours a terminal and no pipe, unless told otherwise', () => {
    expect(isColored('auto', fakeTerminal({ isTTY: true }))).toBe(true)
    expect(isColored('auto', fakeTerminal())).toBe(false)
    expect(isColored('always', fakeTerminal())).toBe(true)
    expect(isColored('never', fakeTerminal({ isTTY: true }))).toBe(false)
  })

  it('heeds NO_COLOR and a dumb terminal, but what was typed comes first', () => {
    const env = { NO_COLOR: '1' }
    expect(isColored('auto', fakeTerminal({ isTTY: true, env }))).toBe(false)
    expect(isColored('always', fakeTerminal({ isTTY: true, env }))).toBe(true)
    expect(isColored('auto', fakeTerminal({ isTTY: true, env: { NO_COLOR: '' } }))).toBe(true)
    expect(isColored('auto', fakeTerminal({ isTTY: true, env: { TERM: 'dumb' } }))).toBe(false)
  })
})

describe('painted', () => {
  it('changes nothing that the text says', () => {
    expect(painted('confirmed', 'CONFIRMED').replace(/\x1b\[[\d;]*m/g, '')).toBe('CONFIRMED')
  })
})
