import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { talkTo } from '../../src/cli/talk.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { described } from '../support/logs.ts'
import { hiveOf, SELECT } from '../support/machine.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

/** Sets a terminal's title, and clears it. */
const HOSTILE = '\u001b]0;owned\u0007\u001b[2J'
const SHOWN = '\\u{1b}]0;owned\\u{7}\\u{1b}[2J'

it('talkTo() makes every line plain, and keeps notes for those who ask for them', () => {
  const terminal = fakeTerminal()
  const quiet = talkTo(terminal, {})
  quiet.tell(`  a ${HOSTILE}\nb`)
  quiet.note('of no interest')
  talkTo(terminal, { verbose: true }).note(HOSTILE)
  expect(terminal.error()).toBe(`  a ${SHOWN} b\nnote: ${SHOWN}\n`)
})

it.each(['info', 'facts'])(
  '%s lets no name of a file act on the terminal, in notes or where nothing is found',
  async (command) => {
    const folder = join(temporaryFolder(), HOSTILE)
    mkdirSync(folder)
    const nothing = fakeTerminal()
    expect(await main([command, folder], worldOf(nothing))).toBe(3)
    plant(folder, { 'System.evtx': writeLog([described('one')]), SYSTEM: hiveOf(SELECT), 'x.bin': 'PK\x03\x04' })
    const found = fakeTerminal()
    expect(await main([command, folder, '-v'], worldOf(found))).toBe(0)
    expect(found.error()).toContain('note: ')
    for (const told of [nothing.error(), found.error()]) {
      expect(told).toContain(SHOWN)
      expect(told).not.toMatch(/[\u0007\u001b]/)
    }
  },
)
