import { describe, expect, it } from 'vitest'
import { machineFactsOf, readRegistry } from '../../src/facts/machine-facts.ts'
import type { Fact } from '../../src/finding/analysis.ts'
import { widthOf } from '../../src/report/cell-width.ts'
import { renderFactsJson } from '../../src/report/facts-json.ts'
import { renderFactsText } from '../../src/report/facts-text.ts'
import { english } from '../../src/report/language/en.ts'
import { french } from '../../src/report/language/fr.ts'
import { unpainted } from '../../src/report/paint.ts'
import { certificateBlob, certificateDer } from '../support/certificate-bytes.ts'
import { machineEvidence } from '../support/machine.ts'

const HOSTILE = 'RDS\u001b[31m01\u202e'
const RDP_TCP = 'ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp'
const evidence = machineEvidence({
  system: {
    [RDP_TCP]: { PortNumber: 3389, SecurityLayer: 2, MinEncryptionLevel: HOSTILE },
    'ControlSet001\\Control\\ComputerName\\ComputerName': { ComputerName: HOSTILE },
    'ControlSet001\\Services\\TermService': { Start: 4, ObjectName: 'NT Authority\\NetworkService' },
    'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules': {
      'RemoteDesktop-UserMode-In-TCP': `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|${'Name=x|'.repeat(60)}`,
    },
  },
  software: {
    [`Microsoft\\SystemCertificates\\Remote Desktop\\Certificates\\${'A'.repeat(40)}`]: {
      Blob: certificateBlob({ der: certificateDer({ subject: HOSTILE }), key: { container: HOSTILE } }),
    },
  },
})
const whole = machineFactsOf(
  readRegistry(evidence),
  new Map([
    ['listener', { state: 'present', sddl: 'O:SYG:SYD:P(A;;FA;;;SY)' }],
    ['machine-keys', { state: 'not-collected', reason: 'An archive holds no access control' }],
  ]),
).all
const SOFTWARE = { file: 'C:/SOFTWARE', state: 'not-collected', reason: 'The copy does not hold it' } as const
const half = machineFactsOf(readRegistry({ hives: { ...evidence.hives, SOFTWARE }, keyFolders: [] }), new Map()).all

const text = (facts: readonly Fact[], width: number, language = english) =>
  renderFactsText([{ host: HOSTILE, facts }], { width, paint: unpainted, language })

describe('renderFactsText()', () => {
  it.each([80, 100, 120, 160, 200])('stays within %i columns, in every language, and lets nothing act', (width) => {
    for (const language of [english, french]) {
      for (const facts of [whole, half]) {
        const page = text(facts, width, language)
        expect(page).not.toMatch(/[^\P{C}\n]/u)
        for (const line of page.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width)
      }
    }
  })

  it('groups facts by topic and, on a narrow page, by the key they were read from', () => {
    const page = text(whole, 80)
    expect(page).toContain(
      [
        'RDP listener',
        `  SYSTEM\\${RDP_TCP}`,
        '  last write 2026-03-13 15:40:02 UTC',
        '    PortNumber                      3389',
        '    SecurityLayer                   2 (TLS)',
      ].join('\n'),
    )
    expect(page).toMatch(/ {4}MinEncryptionLevel +unreadable: REG_SZ\n? *"RDS/)
    expect(page).toMatch(/ {4}absent: fEnableWinStation, fLogonDisabled, /)
    expect(page).toContain('    Start       4 (disabled)')
    expect(page).toMatch(/NETWORK SERVICE: read +denied/)
    expect(page).toMatch(/valid to +2026-04-02 12:00:00 UTC/)
  })

  it('gives each fact a row with its state, last write and source on a wide page', () => {
    const lines = text(whole, 160).split('\n')
    const row = lines.find((line) => line.includes('SecurityLayer'))
    expect(row).toMatch(/^ {2}SecurityLayer +2 \(TLS\) +present +2026-03-13 15:40:02 +SYSTEM\\ControlSet001\\/)
    const absent = lines.find((line) => line.includes('UserAuthentication'))
    expect(absent).toMatch(/^ {2}UserAuthentication +absent +2026-03-13 15:40:02 +SYSTEM/)
    const of = (id: string) =>
      text(
        whole.filter((fact) => fact.id === id),
        160,
      )
    for (const { id } of whole) expect(of(id).split('\n').length, id).toBeGreaterThan(4)
  })

  it('says once that a hive was not collected, and how many facts that leaves out', () => {
    for (const width of [80, 160]) {
      const page = text(half, width)
      expect(page).toMatch(/hive SOFTWARE +not collected: The copy does/)
      expect(page).toMatch(/ {2}SOFTWARE: \d+ facts of it are not shown/)
      expect(page).not.toContain('ProductName')
    }
  })

  it('cuts nothing of a long value', () => {
    const page = text(whole, 80).replace(/\s+/g, '')
    expect(page).toContain('Name=x|'.repeat(60))
  })
})

describe('renderFactsJson()', () => {
  it('is one entry a host, with times as ISO 8601, and what is not known left out', () => {
    const [host] = JSON.parse(renderFactsJson([{ host: HOSTILE, facts: whole }]))
    expect(host.host).toBe(HOSTILE)
    const port = host.facts.find(({ id }: Fact) => id === 'listener.port')
    expect(port).toEqual({
      id: 'listener.port',
      state: 'present',
      value: 3389,
      source: {
        file: 'F:/config/SYSTEM',
        key: RDP_TCP,
        value: 'PortNumber',
        lastWrite: '2026-03-13T15:40:02.0000000Z',
      },
    })
    const level = host.facts.find(({ id }: Fact) => id === 'listener.min-encryption-level')
    expect(level).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('where REG_DWORD is expected') })
  })

  it('lets nothing act on a terminal', () => {
    expect(renderFactsJson([{ host: HOSTILE, facts: whole }])).not.toMatch(/[^\P{C}\n]/u)
  })
})
