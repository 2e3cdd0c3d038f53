import type { Collection } from '../../src/evidence/collection.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import type { ScanOptions, Watch } from '../../src/scan/watch.ts'
import { plant, temporaryFolder } from './temporary-folder.ts'

/** Ticks of 2026-03-14T09:00:00Z, where the logs of these tests begin. */
export const NINE = 134_179_524_000_000_000n
/** Ticks. */
export const SECOND = 10_000_000n

/** A run that nobody watches and nobody stops. */
export const UNWATCHED: Watch = { signal: new AbortController().signal }
/** In this process; what no test says otherwise. */
export const SCAN: ScanOptions = { threads: 1, recover: 'resync', verify: false }

/** An event of RDS01's System log with one string; what a test does not say. */
export function described(text: string, over: Partial<EventDescription> = {}): EventDescription {
  return {
    provider: { name: 'Service Control Manager' },
    eventId: 7036,
    timeCreated: NINE,
    channel: 'System',
    computer: 'RDS01',
    payload: { kind: 'classic', strings: [text] },
    ...over,
  }
}

/** Characters that make about ten records fill a chunk. */
export const BULK = 'x'.repeat(3_000)

/** Events a second apart, about ten of which fill a chunk. */
export function bulky(count: number, over: (index: number) => Partial<EventDescription> = () => ({})) {
  return Array.from({ length: count }, (_, index) =>
    described(`${index} ${BULK}`, { timeCreated: NINE + BigInt(index) * SECOND, ...over(index) }),
  )
}

/** A log of about `chunks` chunks. */
export function bulkyLog(chunks: number, over?: (index: number) => Partial<EventDescription>): Uint8Array {
  return writeLog(bulky(chunks * 10, over))
}

/** These files in a folder of their own, as evidence. */
export async function evidenceOf(files: Readonly<Record<string, Uint8Array>>): Promise<Collection> {
  return findEvidence([plant(temporaryFolder(), files)])
}

/** All bytes that were written. */
export function gathered(): { readonly write: (bytes: Uint8Array) => Promise<void>; readonly text: () => string } {
  const parts: Buffer[] = []
  return {
    // What is handed over is good until the promise is kept, no longer.
    write: async (bytes) => void parts.push(Buffer.from(bytes)),
    text: () => Buffer.concat(parts).toString(),
  }
}
