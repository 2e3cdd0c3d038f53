import { describe, expect, it } from 'vitest'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { TABLES_SIZE } from '../../src/evtx/skim-map.ts'
import { Skimmer } from '../../src/evtx/skimmer.ts'
import { alignedBuffer } from '../../src/scan/aligned-buffer.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { damagedLogs } from '../support/damaged-logs.ts'
import { sampleLogs } from '../support/samples.ts'
import { LogScans, type Scan, scanLog } from '../support/scan-log.ts'

function answers({ systems, damage, scanner }: Scan) {
  const { records, recovered, damaged } = scanner
  return { systems: [...systems], damage, records, recovered, damaged, groups: scanner.groups.all() }
}

/** Scans damaged logs each by itself, and again after all sound ones; returns how many lost records. */
function compare(sound: readonly Uint8Array[], damaged: readonly Uint8Array[], newSkimmer: () => Skimmer | undefined) {
  const skimmer = newSkimmer()
  const scans = new LogScans(skimmer && { skimmer })
  // Twice, so that all that is worth keeping is kept.
  for (const log of [...sound, ...sound]) scans.scan(log)
  let hurt = 0
  for (const [i, log] of damaged.entries()) {
    const alone = answers(scanLog(log))
    expect([i, answers(scans.scan(log))]).toEqual([i, alone])
    if (alone.damaged > 0) hurt++
  }
  // They have not spoiled what was known of the sound ones.
  for (const [i, log] of sound.entries()) expect([i, answers(scans.scan(log))]).toEqual([i, answers(scanLog(log))])
  return hurt
}

const ENGINES = {
  skimmer: () => new Skimmer(alignedBuffer(CHUNK_SIZE, TABLES_SIZE).memory!),
  'scanner alone': () => undefined,
}

/** At most two chunks of each log. */
function beginnings(logs: readonly Uint8Array[]): Uint8Array[] {
  return logs
    .filter(({ length }) => length >= FILE_HEADER_SIZE + CHUNK_SIZE)
    .map((log) => log.subarray(0, FILE_HEADER_SIZE + 2 * CHUNK_SIZE))
}

describe.each(Object.entries(ENGINES))('Scanner with what it learned of other logs (%s)', (_, newSkimmer) => {
  it('says of damaged samples what it says of each alone', () => {
    const sound = beginnings(sampleLogs().map(({ bytes }) => bytes)).slice(0, 80)
    expect(compare(sound, damagedLogs(sound, 400), newSkimmer)).toBeGreaterThan(100)
  })

  it.skipIf(!HAS_CORPUS)('says of damaged logs of the corpus what it says of each alone', () => {
    const sound = beginnings(corpusLogs().map(readCorpus)).slice(0, 150)
    expect(compare(sound, damagedLogs(sound, 400), newSkimmer)).toBeGreaterThan(100)
  })
})
