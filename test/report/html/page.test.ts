import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../../src/analyze.ts'
import { DAY } from '../../../src/bytes/filetime.ts'
import { findEvidence } from '../../../src/evidence/find-logs.ts'
import type { Analysis } from '../../../src/finding/analysis.ts'
import { ROLES, VERDICTS } from '../../../src/finding/finding.ts'
import type { Sentence } from '../../../src/finding/sentence.ts'
import { DAY_LANES } from '../../../src/report/html/day-lanes.ts'
import { renderHtml } from '../../../src/report/html/page.ts'
import { SCRIPT_SOURCE } from '../../../src/report/html/script.ts'
import { english } from '../../../src/report/language/en.ts'
import { LANGUAGE_CODES, loadLanguage } from '../../../src/report/language/languages.ts'
import { analysisOf, failingHost, fleetAnalysis, healthyHost } from '../../support/analysis.ts'
import { fixtureLanguage, listenerKeyUnusable, said } from '../../support/finding.ts'
import { HOSTILE, hostileAnalysis } from './pages.ts'

function report(analysis: Analysis): string {
  return renderHtml(analysis, { language: fixtureLanguage })
}

/** What stands between tags, as a browser would show it. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

describe('renderHtml()', () => {
  test('says of each step of a connection that its log was not collected, and of all at once', async () => {
    const only = (...there: readonly RegExp[]) =>
      failingHost().coverage.filter(({ channel }) => there.some((each) => each.test(channel)))
    const some = { connections: { attempted: 3, authenticated: 0 }, coverage: only(/RemoteConnectionManager/) }
    const none = { connections: {}, coverage: only(/^System$/) }
    const { words } = await loadLanguage('fr')
    expect(textOf(report(analysisOf([failingHost(some)])))).toContain(
      '3 tried, 0 authenticated, logged on: not collected',
    )
    expect(textOf(report(analysisOf([failingHost(none)])))).toContain('connections in the window not collected')
    expect(textOf(renderHtml(analysisOf([failingHost(some)]), { language: { ...fixtureLanguage, words } }))).toContain(
      'sessions ouvertes : non collecté',
    )
  })

  test('says of one host: verdict, sentence, numbers, evidence, checks, why, repair, absence, coverage, inputs', () => {
    const text = textOf(report(analysisOf([failingHost()])))
    const order = [
      'RDP report: RDS01',
      'window ends 2026-03-14 09:41:07 UTC',
      'PROBABLE The RDP listener cannot use its private key',
      'since 2026-03-13 16:02:10 UTC, for 17 h 38 min',
      'last proof that RDP worked 2026-03-13 15:58:44 UTC',
      'certificate and key',
      'Evidence 14 records',
      'trigger 2026-03-13 16:02:10.913 Remote Connection Manager 1058 48112',
      'Facts checked',
      'file of the private key not collected',
      'Certain if',
      'How the verdict was reached',
      'met 7 failures (1058) in the window',
      'not known the key file',
      'Repair',
      'icacls "F:\\ProgramData',
      'Not found',
      'Not evaluated',
      'Coverage',
      '48,811',
      'Inputs',
      '2 records damaged, 1 record recovered',
    ].map((part) => [part, text.indexOf(part)] as const)
    expect(order.filter(([, index]) => index < 0)).toEqual([])
    expect(order.map(([, index]) => index)).toEqual(order.map(([, index]) => index).sort((a, b) => a - b))
  })

  test('of many hosts begins with a table of them, the most urgent first, and tells each repair once', () => {
    const html = report(fleetAnalysis())
    const names = [...html.matchAll(/<a href=#h(\d)>([^<]+)<\/a>/g)].map(([, index, name]) => `${index} ${name}`)
    expect(names).toEqual(['0 BROKER01', '1 RDS01', '2 APP07', '3 WEB03', '4 SQL04', '5 RDS02'])
    expect(html.indexOf('class=fleet')).toBeLessThan(html.indexOf('class="host'))
    expect(html.match(/Restart-Service SessionEnv/g)).toHaveLength(1)
    expect(html.match(/class=spark/g)).toHaveLength(6)
  })

  test('of one host among many says since when once: beside a summary that tells it only for how long', () => {
    const failing = (host: string, summary: Sentence) =>
      failingHost({ host, findings: [listenerKeyUnusable({ summary })] })
    const tells = said('fixture.since', 'Since 2026-03-13 16:02:10 UTC it failed.')
    const text = textOf(report(analysisOf([failing('A', tells), failing('B', said('fixture.silent', 'It failed.'))])))
    expect(text).toContain('Repair of listener-key-unusable · for 17 h 38 min')
    expect(text).toContain('Repair of listener-key-unusable · since 2026-03-13 16:02:10 UTC, for 17 h 38 min')
  })

  test('of nothing says so, and of a healthy host what was looked for', () => {
    expect(textOf(report(analysisOf([], { inputs: [], damage: [] })))).toContain('nothing can be said about any host')
    const healthy = textOf(report(analysisOf([healthyHost('RDS02')])))
    expect(healthy).toContain('no known cause found; RDP worked')
    expect(healthy).toContain('listener-key-unusable records of listener-key-unusable')
  })

  test('allows its own style and script by their hashes, and nothing else', () => {
    const html = report(analysisOf([failingHost()]))
    const hash = (text: string | undefined) =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`
    const policy = /<meta http-equiv=Content-Security-Policy content="([^"]*)">/.exec(html)?.[1] ?? ''
    expect(policy).toContain("default-src 'none'; style-src 'sha256-")
    expect(policy).toContain(`style-src ${hash(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1])};`)
    expect(policy).toContain(`script-src ${hash(/<script>([\s\S]*?)<\/script>/.exec(html)?.[1])};`)
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'))
    expect(html).not.toMatch(/ style="| on\w+="|https?:(?!\/\/www\.w3\.org\/)|url\((?!#)/)
  })

  test('is the same for the same analysis', () => {
    expect(report(fleetAnalysis())).toBe(report(fleetAnalysis()))
  })

  test('lets no hostile text become a tag, an attribute or a character that hides', () => {
    const html = report(hostileAnalysis())
    const ours = report(analysisOf([failingHost()]))
    const tagsOf = (page: string) => new Set([...page.matchAll(/<([a-z!][a-z0-9-]*)/gi)].map(([, tag]) => tag))
    // The script compares with `<`: it is no tag, and is ours.
    const own = new Set([...tagsOf(ours), 'small', 'p'])
    expect([...tagsOf(html)].filter((tag) => !own.has(tag))).toEqual([])
    expect(html.match(/<script/g)).toHaveLength(3)
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/)
    expect(textOf(html)).toContain(HOSTILE.slice(0, 60))
    expect(textOf(html)).toContain('\\u{202e}gnp.exe')
  })

  test('of all samples stays below 300 kB for forty hosts, and a tenth more in French', async () => {
    const folder = fileURLToPath(new URL('../../../samples/', import.meta.url))
    const collection = await findEvidence([folder])
    const options = { threads: 1, recover: 'resync', verify: false, referenceText: 'last-event' } as const
    const window = { windowText: '24h', windowTicks: DAY, reference: 'last-event' } as const
    const { analysis } = await analyze(collection, { ...options, window }, { signal: new AbortController().signal })
    expect(analysis.hosts.length).toBeGreaterThan(35)
    const ofHost = 300_000 / 40
    for (const code of LANGUAGE_CODES) {
      const language = await loadLanguage(code)
      const bound = code === 'en' ? 1 : 1.1
      // As if `samples` had been typed: where the checkout lies is nobody's bytes.
      const page = renderHtml(analysis, { language }).replaceAll(folder, 'samples/')
      expect(Buffer.byteLength(page)).toBeLessThan(ofHost * analysis.hosts.length * bound)
    }
  })
})

test('english has every word that the page asks for', () => {
  const folder = new URL('../../../src/report/html/', import.meta.url)
  const text = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const literals = [...text.matchAll(/(?:word|counted|noted|item|list)\(\s*'([^']+)'/g)].map(([, id = '']) => id)
  const columns = [...text.matchAll(/columns = \[([^\]]*)\]/g)].flatMap(([, list = '']) => list.match(/[a-z]+/g) ?? [])
  const scripts = [...SCRIPT_SOURCE.matchAll(/words(?:\.([a-z]+)|\['([a-z-]+)'\])/g)].map(
    ([, a, b]) => `page.script.${a ?? b}`,
  )
  const asked = [
    ...literals,
    ...columns.map((name) => `column.${name}`),
    ...scripts,
    ...['count', 'count-of', 'no-match'].map((name) => `page.script.${name}`),
    ...DAY_LANES.map((id) => `page.lane.${id}`),
    ...ROLES.map((role) => `role.${role}`),
    ...[...VERDICTS, 'unknown', 'healthy', 'nothing-found'].map((state) => `page.state.${state}`),
    ...['clean', 'unexpected', 'unknown'].map((how) => `page.boot.${how}`),
    ...['yes', 'no', 'unknown'].map((met) => `page.rule.${met}`),
  ]
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter((id) => !Object.hasOwn(english.words, id))).toEqual([])
})
