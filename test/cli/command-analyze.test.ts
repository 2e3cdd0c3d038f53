import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { bulkyLog } from '../support/logs.ts'
import { hiveOf, SELECT } from '../support/machine.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

async function analyzed(log: string, output: string) {
  const terminal = fakeTerminal()
  const code = await main(['analyze', log, '-o', output, '-q'], worldOf(terminal))
  return { code, error: terminal.error() }
}

describe('evtxray analyze', () => {
  it('tells of a hive that is cut in the report and on stderr, keeps it in the manifest as read, and ends with 4', async () => {
    const folder = plant(temporaryFolder(), {
      'Windows/System32/ntdll.dll': '',
      'Windows/System32/winevt/Logs/System.evtx': bulkyLog(1),
      'Windows/System32/config/SYSTEM': hiveOf(SELECT).subarray(0, -16),
    })
    const terminal = fakeTerminal()
    expect(await main(['analyze', folder], worldOf(terminal))).toBe(4)
    expect(terminal.error()).toMatch(/config\/SYSTEM: Bytes are missing at its end \(16\)\n/)
    expect(terminal.out()).toMatch(/INPUTS\n.*config\/SYSTEM\n +truncated: Bytes are missing at its end \(16\)/)
    const output = join(temporaryFolder(), 'out')
    expect((await analyzed(folder, output)).code).toBe(4)
    for (const name of ['report.html', 'report.md']) {
      expect(readFileSync(join(output, name), 'utf8')).toMatch(/truncated: Bytes are missing at its end \(16\)/)
    }
    const { inputs } = JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8'))
    const reason = 'Bytes are missing at its end (16)'
    expect(inputs).toContainEqual(expect.objectContaining({ kind: 'hive', state: 'read', reason }))
  })
})

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
    expect(await refused('x.xlsx')).toContain('give -o x for a folder')
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
