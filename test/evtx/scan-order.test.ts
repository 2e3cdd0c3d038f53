import { describe, expect, it } from 'vitest'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import type { Skimmer } from '../../src/evtx/skimmer.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { damagedLogs } from '../support/damaged-logs.ts'
import { sampleLogs } from '../support/samples.ts'
import { answersOf, LogScans, newSkimmer, scanLog } from '../support/scan-log.ts'

/** Scans damaged logs each by itself, and again after all sound ones; returns how many lost records. */
function compare(sound: readonly Uint8Array[], damaged: readonly Uint8Array[], start: () => Skimmer | undefined) {
  const skimmer = start()
  const scans = new LogScans(skimmer && { skimmer })
  // Twice, so that all that is worth keeping is kept.
  for (const log of [...sound, ...sound]) scans.scan(log)
  let hurt = 0
  for (const [i, log] of damaged.entries()) {
    const alone = answersOf(scanLog(log))
    expect([i, answersOf(scans.scan(log))]).toEqual([i, alone])
    if (alone.damaged > 0) hurt++
  }
  // They have not spoiled what was known of the sound ones.
  for (const [i, log] of sound.entries()) expect([i, answersOf(scans.scan(log))]).toEqual([i, answersOf(scanLog(log))])
  return hurt
}

const ENGINES = {
  skimmer: newSkimmer,
  'scanner alone': () => undefined,
}

/** At most two chunks of each log. */
function beginnings(logs: readonly Uint8Array[]): Uint8Array[] {
  return logs
    .filter(({ length }) => length >= FILE_HEADER_SIZE + CHUNK_SIZE)
    .map((log) => log.subarray(0, FILE_HEADER_SIZE + 2 * CHUNK_SIZE))
}

describe.each(Object.entries(ENGINES))('Scanner with what it learned of other logs (%s)', (_, start) => {
  it('says of damaged samples what it says of each alone', () => {
    const sound = beginnings(sampleLogs().map(({ bytes }) => bytes)).slice(0, 80)
    expect(compare(sound, damagedLogs(sound, 400), start)).toBeGreaterThan(100)
  })

  it.skipIf(!HAS_CORPUS)('says of damaged logs of the corpus what it says of each alone', () => {
    const sound = beginnings(corpusLogs().map(readCorpus)).slice(0, 150)
    expect(compare(sound, damagedLogs(sound, 400), start)).toBeGreaterThan(100)
  })
})
