import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

async function analyzed(log: string, output: string) {
  const terminal = fakeTerminal()
  const code = await main(['analyze', log, '-o', output, '-q'], worldOf(terminal))
  return { code, error: terminal.error() }
}

describe('evtxray analyze -o', () => {
  it('refuses a folder that is named like a file, and says how to have that file', async () => {
    const folder = temporaryFolder()
    const log = join(folder, 'System.evtx')
    writeFileSync(log, bulkyLog(1))
    const refused = async (name: string) => {
      const { code, error } = await analyzed(log, join(folder, name))
      expect([code, existsSync(join(folder, name))]).toEqual([2, false])
      return error.replaceAll(`${folder}/`, '')
    }
    expect(await refused('x.md')).toContain(
      '-o names a folder for analyze, and "x.md" is named like a file: give -o x for a folder with all reports, or --format markdown > x.md for this file alone',
    )
    expect(await refused('x.JSON')).toContain('--format json > x.JSON')
    expect(await refused('x.csv')).toMatch(/give -o x for a folder with all reports\n$/)
    expect(await refused('x.html')).not.toContain('--format')
  })

  it('takes a folder with a dot in its name, one that is an ending alone, and one called like a file that is there', async () => {
    const folder = temporaryFolder()
    const log = join(folder, 'System.evtx')
    writeFileSync(log, bulkyLog(1))
    mkdirSync(join(folder, 'there.md'))
    for (const name of ['case.2026', '.md', 'there.md']) {
      expect(await analyzed(log, join(folder, name))).toEqual({ code: 0, error: '' })
      expect(existsSync(join(folder, name, 'report.md'))).toBe(true)
    }
  })
})
