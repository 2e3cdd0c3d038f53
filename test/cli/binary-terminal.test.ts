import { spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BINARY, hasSamples, isBuilt, SAMPLES } from '../support/run-binary.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const LOGS = join(SAMPLES, 'key-denied/Windows/System32/winevt/Logs')
const hasPty = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

/** Logs enough for a bar to appear; links to a few, so that they take no room. */
function plenty(): string {
  const folder = temporaryFolder()
  const names = readdirSync(LOGS)
  for (const name of names) writeFileSync(join(folder, name), readFileSync(join(LOGS, name)))
  for (let i = 0; i < 200; i++) {
    mkdirSync(join(folder, `d${i}`))
    for (const name of names) linkSync(join(folder, name), join(folder, `d${i}`, name))
  }
  return folder
}

/** All that a terminal gets from a run. */
function onTerminal(line: string): string {
  const typescript = join(temporaryFolder(), 'typescript')
  spawnSync('script', ['-qec', `"${process.execPath}" "${BINARY}" ${line}`, typescript])
  return readFileSync(typescript, 'utf8')
}

describe.skipIf(!isBuilt || !hasSamples || !hasPty)('evtxray on a terminal', () => {
  it.each([
    ['analyze', 'evtxray '],
    ['info', 'chunks: '],
    ['timeline --channel System', 'TimeCreatedUtc,'],
    ['dump --channel System', '{"'],
  ])(
    '%s takes its bar away before the first byte of a result',
    (command, first) => {
      const got = onTerminal(`${command} "${plenty()}" --threads 1`)
      // Of what a bar does to a terminal, the last is to clear its line.
      const behindBar = got.lastIndexOf('\x1b[2K') + 1
      expect(got.indexOf(first)).toBeGreaterThanOrEqual(behindBar)
      expect(got.slice(behindBar)).not.toMatch(/\x1b(?!\[[\d;]*m)/)
      const count = (what: string): number => got.split(what).length
      expect([count('\x1b[?25h'), count('\x1b[?7h')]).toEqual([count('\x1b[?25l'), count('\x1b[?7l')])
    },
    60_000,
  )
})
