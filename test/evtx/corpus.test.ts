import { describe, expect, it } from 'vitest'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import { corpusLogs, HAS_CORPUS, HAS_EVTX_DUMP, readCorpus, readEvtxDump } from '../support/corpus.ts'

/**
 * How many records of each kind, and damages of each kind, a walk with everything recovered finds in a log that is alone: kinds
 * are told by how records were found, and behind a `+` where their templates were, if not in their own chunks.
 */
function counts(log: Uint8Array): { readonly live: number; readonly text: string } {
  let live = 0
  const others = new Map<string, number>()
  for (const found of walkLog(log, { recover: 'slack' })) {
    const kind = isDamage(found)
      ? found.kind
      : `${found.recovered ?? 'live'}${found.template ? `+${found.template}` : ''}`
    if (kind === 'live') live++
    else others.set(kind, (others.get(kind) ?? 0) + 1)
  }
  const kinds = [...others].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `, ${count} ${kind}`)
  return { live, text: `${live} live${kinds.join('')}` }
}

/**
 * Logs of which evtx_dump prints another number of records than are live for us, and who is right. evtx_dump knows no
 * recovery: what we find behind damage is not compared.
 */
const DIFFERENCES: Readonly<Record<string, { readonly live: number; readonly dumped: number; readonly why: string }>> =
  {
    'evtx-rs-samples/Microsoft-Windows-HelloForBusiness%4Operational.evtx': {
      live: 5,
      dumped: 6,
      why: 'evtx_dump takes a record that is zeros from its first values on, and prints those as an event of 1601',
    },
    'evtx-rs-samples/Microsoft-Windows-LanguagePackSetup%4Operational.evtx': {
      live: 16,
      dumped: 17,
      why: 'the last record is cut off by zeros in its values; we label it recovered, evtx_dump prints it as if it were whole',
    },
    'evtx-rs-samples/sample_with_a_bad_chunk_magic.evtx': {
      live: 267,
      dumped: 270,
      why: 'three records are half overwritten: evtx_dump prints them, one as an event without id or time; we recover two',
    },
    'plaso-samples/System2.evtx': {
      live: 283,
      dumped: 194,
      why: 'the file ends inside its last chunk: evtx_dump gives that chunk up without an error, its records are whole',
    },
  }

const COUNTS = new Map(corpusLogs().map((path) => [path, counts(readCorpus(path))]))

describe.skipIf(!HAS_CORPUS)('walkLog() over the corpus', () => {
  it('finds in each log as many records and damages as it did', async () => {
    // After a change that is meant: `npx vitest run test/evtx/corpus.test.ts -u`, and read what changed.
    const golden: Record<string, string> = {}
    for (const [path, { text }] of COUNTS) golden[path] = text
    await expect(`${JSON.stringify(golden, undefined, 2)}\n`).toMatchFileSnapshot('corpus-counts.json')
  })
})

describe.skipIf(!HAS_EVTX_DUMP)('walkLog() beside evtx_dump', () => {
  it('finds as many live records in each log, but for four that are explained', () => {
    const different: Record<string, unknown> = {}
    let logs = 0
    for (const [file, { lines }] of readEvtxDump()) {
      logs++
      const live = COUNTS.get(file)?.live
      if (live !== lines.length) different[file] = { live, dumped: lines.length, why: DIFFERENCES[file]?.why }
    }
    expect(different).toEqual(DIFFERENCES)
    expect(logs).toBe(COUNTS.size)
  })
})
