import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseFiletime, toIso } from '../../src/bytes/filetime.ts'
import type { Gate } from '../../src/evtx/gate.ts'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import type { RecoverMode } from '../../src/evtx/record.ts'
import { type SystemText, systemOf } from '../../src/evtx/system.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { scanLog } from '../support/scan-log.ts'

/** System fields of all records that decode whole, and where records stand that do not. */
function decoded(log: Uint8Array, recover: RecoverMode) {
  const systems = new Map<number, SystemText>()
  const broken = new Set<number>()
  for (const found of walkLog(log, { recover })) {
    if (!isDamage(found)) systems.set(found.offset, withExactTime(systemOf(found.event)))
    else if (found.kind === 'record-content') broken.add(found.offset)
  }
  return { systems, broken }
}

/** Records without template have times with other digits; a scan gives seven. */
function withExactTime(system: SystemText): SystemText {
  const ticks = parseFiletime(system.timeCreated)
  return ticks === undefined ? system : { ...system, timeCreated: toIso(ticks) }
}

const all = { eventIds: () => undefined, anyProvider: new Uint8Array(65_536), mayHold: () => true }

/** A gate for every event id that a number divides, of providers whose name holds an "e". */
function someGate(divisor: number): { gate: Gate; wanted: (system: SystemText) => boolean } {
  const ids = Uint8Array.from({ length: 65_536 }, (_, id) => (id % divisor === 0 ? 1 : 0))
  return {
    gate: {
      ...all,
      eventIds: (provider) => (provider.includes('e') ? ids : undefined),
      anyProvider: ids,
      mayHold: (channel) => !channel.startsWith('A'),
    },
    wanted: ({ eventId, provider, channel }) =>
      Number(eventId) % divisor === 0 && provider.includes('e') && !channel.startsWith('A'),
  }
}

describe.skipIf(!HAS_CORPUS)('Scanner beside the full decode, over the corpus', () => {
  it.each<Exclude<RecoverMode, 'none'>>(['resync', 'slack'])(
    'takes the same System fields of the same records (%s)',
    (recover) => {
      let records = 0
      for (const path of corpusLogs()) {
        const log = readCorpus(path)
        const { systems, broken } = decoded(log, recover)
        const scan = scanLog(log, { recover })
        const different = [...systems].filter(([at, system]) => !isDeepStrictEqual(scan.systems.get(at), system))
        expect([path, different.slice(0, 3)]).toEqual([path, []])
        // A record whose payload cannot be decoded may still have a System part to scan; no other is more.
        const more = [...scan.systems.keys()].filter((offset) => !systems.has(offset) && !broken.has(offset))
        expect([path, more]).toEqual([path, []])
        expect([path, scan.scanner.records]).toEqual([path, scan.systems.size])
        records += systems.size
      }
      expect(records).toBe({ resync: 32_259, slack: 44_003 }[recover])
    },
  )

  it('lets through a gate just what is asked for', () => {
    const { gate, wanted } = someGate(2)
    let found = 0
    for (const path of corpusLogs()) {
      const log = readCorpus(path)
      const asked = scanLog(log, { gate }).systems
      const expected = [...scanLog(log).systems].filter(([, system]) => wanted(system))
      expect([path, [...asked]]).toEqual([path, expected])
      found += asked.size
    }
    expect(found).toBeGreaterThan(1_000)
  })
})
