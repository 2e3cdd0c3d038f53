import { beforeAll, describe, expect, it } from 'vitest'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { EVERY_EVENT } from '../../src/query/filter.ts'
import { dump } from '../../src/scan/dump.ts'
import type { ReadSummary } from '../../src/scan/read-summary.ts'
import { CORPUS, HAS_CORPUS } from '../support/corpus.ts'
import { gathered, SCAN, UNWATCHED } from '../support/logs.ts'

/** How records of a kind were found, and where their templates were: `slack+library`. */
type Kind = string

describe.skipIf(!HAS_CORPUS)('dump() of the whole corpus with everything recovered', () => {
  const byFile = new Map<string, Map<Kind, number>>()
  let summary: ReadSummary

  beforeAll(async () => {
    const out = gathered()
    const options = { ...SCAN, recover: 'slack', filter: EVERY_EVENT, format: 'jsonl', jsonShape: 'evtxray' } as const
    summary = await dump(await findEvidence([CORPUS]), options, out.write, UNWATCHED)
    for (const line of out.text().trimEnd().split('\n')) {
      const { file, recovered, template } = JSON.parse(line)._meta as Record<string, string | undefined>
      if (recovered === undefined) continue
      const name = file!.slice(CORPUS.length + 1)
      const kinds = byFile.get(name) ?? new Map<Kind, number>()
      byFile.set(name, kinds)
      const kind = template === undefined ? recovered : `${recovered}+${template}`
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
  })

  it('recovers of each log as many records of each kind as it did, and leaves out as many copies', async () => {
    // After a change that is meant: `npx vitest run test/scan/recovered-counts.test.ts -u`, and read what changed.
    const golden: Record<string, string> = {}
    for (const { file, duplicates = 0 } of summary.inputs) {
      const name = file.slice(CORPUS.length + 1)
      const kinds = [...(byFile.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
      const parts = kinds.map(([kind, count]) => `${count} ${kind}`)
      if (duplicates > 0) parts.push(`${duplicates} copies`)
      if (parts.length > 0) golden[name] = parts.join(', ')
    }
    await expect(`${JSON.stringify(golden, undefined, 2)}\n`).toMatchFileSnapshot('recovered-counts.json')
  })

  it('finds what `docs/format.md` says that it finds', () => {
    const totals: Record<Kind, number> = {}
    for (const kinds of byFile.values()) for (const [kind, count] of kinds) totals[kind] = (totals[kind] ?? 0) + count
    const copies = summary.inputs.reduce((sum, { duplicates = 0 }) => sum + duplicates, 0)
    expect({ ...totals, copies }).toMatchInlineSnapshot(`
      {
        "copies": 1232,
        "headerless+library": 82,
        "hidden": 1,
        "resync": 212,
        "resync+library": 25,
        "slack": 393,
        "slack+library": 3648,
        "slack+root-map": 2008,
        "slack+values": 5695,
      }
    `)
    expect(summary.inputs.reduce((sum, { recovered }) => sum + recovered, 0)).toBe(
      Object.values(totals).reduce((sum, count) => sum + count, 0),
    )
  })
})
