import { SECOND } from '../../../src/bytes/filetime.ts'
import type { Analysis } from '../../../src/finding/analysis.ts'
import type { Evidence } from '../../../src/finding/finding.ts'
import { analysisOf, failingHost } from '../../support/analysis.ts'
import { at, evidence, listenerKeyUnusable, NO_COUNTS, said } from '../../support/finding.ts'

/** Texts that would do something where a page takes them for more than text. */
export const HOSTILE = [
  '</script><script>window.broken=1</script>',
  '<img src=x onerror=window.broken=1>',
  '"><svg onload=window.broken=1>',
  "' onmouseover='window.broken=1",
  '--></style></title></textarea><!--',
  '\u202egnp.exe\u202c\u200b\u0007\u001b[2J\u0000',
  '\u0024{window.broken=1}{{1}}&lt;b&gt;&#60;',
  'x'.repeat(400),
].join(' ')

/** One host of which every text that comes from a log is hostile, with more rows than stand in the page. */
export function hostileAnalysis(): Analysis {
  const rows = Array.from({ length: 120 }, (_, index): Evidence => {
    const more = {
      computer: HOSTILE,
      channel: HOSTILE,
      provider: HOSTILE,
      file: `${HOSTILE}/System.evtx`,
      decoded: { [HOSTILE]: HOSTILE },
      summary: said('fixture.hostile', '{text}', { text: HOSTILE }),
      xml: `<Event>${HOSTILE}</Event>`,
    }
    return { ...evidence('trigger', '2026-03-13T16:00', index + 1, more), timeCreated: later(index * 300) }
  })
  const hostile = said('fixture.hostile', '{text}', { text: HOSTILE })
  const finding = listenerKeyUnusable({
    title: hostile,
    summary: hostile,
    cause: hostile,
    evidence: rows,
    counts: { ...NO_COUNTS, trigger: 120 },
    certainIf: [hostile],
    checks: [
      {
        id: 'x',
        state: 'present',
        observed: HOSTILE,
        expected: HOSTILE,
        source: { file: HOSTILE, key: HOSTILE, value: HOSTILE },
      },
    ],
    rules: [{ id: 'x', met: 'yes', why: hostile, evidence: [0, 99] }],
  })
  const host = failingHost({ host: HOSTILE, computers: [HOSTILE, 'B'], findings: [finding] })
  return analysisOf([host], {
    inputs: [{ file: HOSTILE, size: 1, state: 'unreadable', reason: HOSTILE, records: 0, damaged: 0, recovered: 0 }],
    damage: [],
  })
}

/** One host with so many rows of evidence. */
export function bigAnalysis(count: number): Analysis {
  const rows = Array.from({ length: count }, (_, index): Evidence => {
    const more = { decoded: { Status: '0x80070005 Access is denied', Client: `needle-${index % 10_000}.` } }
    const role = index % 3 === 0 ? 'trigger' : 'support'
    return { ...evidence(role, '2026-03-13T16:00', index + 1, more), timeCreated: later(index * 3) }
  })
  const finding = listenerKeyUnusable({ evidence: rows, counts: { ...NO_COUNTS, trigger: count }, rules: [] })
  return analysisOf([failingHost({ findings: [finding] })])
}

function later(seconds: number): bigint {
  return at('2026-03-13T16:02:10.913') + BigInt(seconds) * SECOND
}
