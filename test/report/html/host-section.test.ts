import { expect, test } from 'vitest'
import type { Analysis } from '../../../src/finding/analysis.ts'
import type { Check } from '../../../src/finding/finding.ts'
import { renderHtml } from '../../../src/report/html/page.ts'
import { analysisOf, failingHost, healthyHost } from '../../support/analysis.ts'
import { at, fixtureLanguage, listenerKeyUnusable, said } from '../../support/finding.ts'

/** What a browser would show, without scripts. */
function textOf(analysis: Analysis): string {
  return renderHtml(analysis, { language: fixtureLanguage })
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

test('renderHtml() says of one host among many what is not as it should be, each fact in a line', () => {
  const source = { file: 'F:/Windows/System32/config/SYSTEM', key: 'ControlSet001\\TLS 1.2\\Server', value: 'Enabled' }
  const keyFile = { file: 'F:/MachineKeys', value: 'f686' }
  const checks: readonly Check[] = [
    { id: 'server-tls-1.2', state: 'present', observed: 'off (registry)', expected: 'on', differs: true, source },
    { id: 'key-file', state: 'absent', expected: 'f686', differs: true, source: keyFile },
    { id: 'fips', state: 'present', observed: '0', source },
  ]
  const host = failingHost({ findings: [listenerKeyUnusable({ checks })] })
  const text = textOf(analysisOf([host, healthyHost('RDS02')]))
  expect(text).toContain(
    'TLS 1.2, server side: off (registry) (expected: on) SYSTEM: ControlSet001\\TLS 1.2\\Server, Enabled ',
  )
  expect(text).toContain('file of the private key: absent (expected: f686) MachineKeys ')
  expect(text).toContain('1 more fact is as expected')
  const alone = textOf(analysisOf([host]))
  expect(alone).toContain('F:/Windows/System32/config/SYSTEM TLS 1.2, server side present off (registry) on ')
  expect(alone).toContain('FIPS mode present 0')
})

test('renderHtml() tells what switches RDP off on the disk', () => {
  const alsoSeen = [said('fixture.also', 'Remote connections are switched off.')]
  expect(textOf(analysisOf([healthyHost('RDS02', { alsoSeen })]))).toContain(
    'also seen Remote connections are switched off. ',
  )
})

test('renderHtml() draws all failures of the day, also those that no list of evidence holds', () => {
  const failures = (start: string, count: number) =>
    ({ role: 'trigger', eventId: 1058, start: at(start), count }) as const
  const moments = [failures('2026-03-13T16:00', 1_250), failures('2026-03-13T23:30', 900)]
  const drawn = textOf(analysisOf([failingHost({ findings: [listenerKeyUnusable({ moments })] })]))
  expect(drawn).toContain('certificate and key 2,150 ')
  expect(textOf(analysisOf([failingHost()]))).toContain('certificate and key 1058 ×7 ')
})
