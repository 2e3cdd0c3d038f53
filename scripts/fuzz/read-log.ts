import { CHUNK_SIZE, chunkAt } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { OPEN_GATE } from '../../src/evtx/gate.ts'
import { toJson } from '../../src/evtx/json.ts'
import { renderEvtxDumpJson } from '../../src/evtx/json-evtx-dump.ts'
import { elsewhereIn, isDamage, tryFileHeader, walkLog } from '../../src/evtx/log.ts'
import { PayloadFields } from '../../src/evtx/payload-fields.ts'
import { Scanner } from '../../src/evtx/scanner.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { renderXml } from '../../src/evtx/xml.ts'

/** What reading a log by every way there is came to. */
export interface Reading {
  /** Records that decoded, and those that a scan could read. */
  readonly decoded: number
  readonly scanned: number
  readonly damages: number
  /** Characters of everything that was rendered. */
  readonly characters: number
}

const buffer = new ArrayBuffer(CHUNK_SIZE)
const chunk = chunkAt(buffer, 0)

/**
 * Decodes all records of a log, those in unused space too, renders each in every form, and scans it as well. Whatever
 * the bytes: what this throws is a bug.
 */
export function readLog(log: Uint8Array): Reading {
  let decoded = 0
  let damages = 0
  let characters = 0
  for (const found of walkLog(log, { recover: 'slack' })) {
    if (isDamage(found)) {
      damages++
      characters += found.detail.length
      continue
    }
    decoded++
    characters += renderXml(found.event).length
    characters += JSON.stringify(toJson(found.event)).length
    characters += renderEvtxDumpJson(found.event).length
  }
  return { decoded, scanned: scan(log), damages, characters }
}

/** Scans a log with every record wanted and one field of each asked for; tells how many records there were. */
function scan(log: Uint8Array): number {
  const templates = new TemplateCache()
  const fields = new PayloadFields(templates)
  const scanner = new Scanner(OPEN_GATE, {
    onMatch: (record) => fields.ticks(chunk, record, 'param1'),
    onDamage: () => {},
  })
  scanner.startLog()
  const header = tryFileHeader(log)
  const dirty = 'kind' in header || header.dirty
  const elsewhere = elsewhereIn(log, dirty)
  for (let at = FILE_HEADER_SIZE; at < log.length; at += CHUNK_SIZE) {
    chunk.bytes.fill(0)
    chunk.bytes.set(log.subarray(at, at + CHUNK_SIZE))
    templates.startChunk()
    scanner.scanChunk(chunk, at, { recover: 'slack', dirty, elsewhere })
  }
  return scanner.records
}
