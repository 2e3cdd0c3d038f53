import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/analyze.ts'
import { DAY } from '../../../src/bytes/filetime.ts'
import { findEvidence } from '../../../src/evidence/find-logs.ts'
import { forEachHost } from '../../../src/finding/saved-folder.ts'
import { widthOf } from '../../../src/report/cell-width.ts'
import { english } from '../../../src/report/language/en.ts'
import { french } from '../../../src/report/language/fr.ts'
import { typeset } from '../../../src/report/language/french-typography.ts'
import { voiceOf } from '../../../src/report/language/voice.ts'
import { renderMarkdown } from '../../../src/report/markdown.ts'
import { renderDuration } from '../../../src/report/moment.ts'
import { unpainted } from '../../../src/report/paint.ts'
import { renderCount, renderSize } from '../../../src/report/quantity.ts'
import { renderText } from '../../../src/report/text.ts'
import { wrap } from '../../../src/report/wrap.ts'
import { hasSamples, SAMPLES } from '../../support/run-binary.ts'

const voice = voiceOf(french)

describe('typeset()', () => {
  it('puts a blank that no line ends at before double signs and inside guillemets, and curves apostrophes', () => {
    expect(typeset("risque : l'état « L'objet » ; quoi ?")).toBe(
      'risque\u00a0: l’état «\u00a0L’objet\u00a0»\u202f; quoi\u202f?',
    )
  })

  it('leaves times, drives, parameters and commands alone', () => {
    for (const text of ['16:02:10', 'F:\\Windows', '{count|fois|fois}', "'x'", 'a:b; c'])
      expect(typeset(text)).toBe(text)
  })
})

describe('french', () => {
  const texts = [french.sentences, french.words].flatMap((table) => Object.entries(table))

  it('has a blank before every sign that asks for one', () => {
    const bare = texts.filter(([, text]) => /[^\s\u00a0\u202f][;?!»]|[\p{L}}]:(?=[ ]|$)|«[^\u00a0]/u.test(text))
    // A drive, and the way a field's name is written, are no French.
    expect(bare.filter(([, text]) => !/\b[A-Z]:[ .\\]/.test(text)).map(([id]) => id)).toEqual([])
  })

  it('writes numbers, sizes, durations and times as one does in French', () => {
    expect(renderCount(1_205_812, voice)).toBe('1\u202f205\u202f812')
    expect(renderSize(1_400_000, voice)).toBe('1,4\u00a0Mo')
    expect(renderDuration(3n * DAY + DAY / 6n, voice)).toBe('3\u00a0j 4\u00a0h')
    expect(voice.time(0n, 'millisecond')).toBe('01/01/1601 00:00:00,000')
    expect(voice.time(0n, 'day')).toBe('01/01')
  })

  it('is wrapped without a line that ends inside a value', () => {
    expect(wrap('depuis le 13/03/2026 16:02:10 UTC', 24)).toEqual(['depuis le', '13/03/2026 16:02:10 UTC'])
    expect(wrap('dont le message «\u00a0Accès refusé\u00a0»', 18)).toEqual([
      'dont le message',
      '«\u00a0Accès refusé\u00a0»',
    ])
  })
})

describe.skipIf(!hasSamples)('renderText() and renderMarkdown() in French', async () => {
  const analysed = async (path: string) => {
    const window = { windowText: '24h', windowTicks: DAY, reference: 'last-event' as const }
    const options = { window, referenceText: 'last-event', recover: 'resync' as const, verify: false, threads: 1 }
    const watch = { signal: new AbortController().signal }
    return (await analyze(await findEvidence([path]), options, watch)).analysis
  }
  const paths = ['', '/key-denied', '/healed', '/clock-moved', '/broker-renamed', '/loose-logs'].map(
    (end) => SAMPLES + end,
  )
  const analyses = await Promise.all(paths.filter(existsSync).map(analysed))
  const commands = new Set(
    analyses.flatMap(({ hosts }) =>
      hosts.flatMap(({ findings }) =>
        findings.flatMap(({ remediation }) =>
          // As they are told of one host, and of several together.
          [...remediation, ...remediation.map(forEachHost)].flatMap(({ steps, undo = [] }) =>
            [...steps, ...undo].map(({ command }) => command),
          ),
        ),
      ),
    ),
  )
  it('are about findings', () => {
    expect(analyses.flatMap(({ hosts }) => hosts.flatMap(({ findings }) => findings)).length).toBeGreaterThan(20)
  })

  const text = (analysis: (typeof analyses)[number], width: number, language = french) =>
    renderText(analysis, { width, paint: unpainted, language })

  it.each([80, 120, 160])('stay within %i columns, but for commands', (width) => {
    for (const analysis of analyses) {
      for (const line of text(analysis, width).split('\n')) {
        if (!commands.has(line.trim())) expect(widthOf(line), line).toBeLessThanOrEqual(width)
      }
    }
  })

  it('show the same commands as in English, letter by letter', () => {
    for (const analysis of analyses) {
      const shown = (of: string) => of.split('\n').filter((line) => commands.has(line.trim()))
      expect(shown(text(analysis, 80))).toEqual(shown(text(analysis, 80, english)))
    }
  })

  it('have no English left', () => {
    const left = /\b(the|was|were|since|failed|failures|record|records|window|found|not)\b/i
    for (const analysis of analyses) {
      for (const report of [text(analysis, 160), renderMarkdown(analysis, { language: french })]) {
        // So do the values of events.
        const lines = report
          .split('\n')
          .filter((line) => !commands.has(line.trim()) && !/(?:param\d|Status): /.test(line))
        // Names of the program's options and of evidence stand as they are.
        const words = lines.map((line) => line.replace(/`[^`]*`|"[^"]*"|\S*[/\\]\S*|[\w.]+-[\w.-]+|https?:\S+/g, ''))
        expect(words.filter((line) => left.test(line))).toEqual([])
      }
    }
  })
})
