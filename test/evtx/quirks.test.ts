/**
 * The quirks of real logs that the reader must get along with, by number, and where each is tested: by bytes made by hand
 * in the test of the file that deals with it, or here on a log of the corpus that has it.
 *
 * A test that covers a quirk names its number in its title; the first test here keeps this list true.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHUNK_SIZE, chunkAt, readChunkHeader, slotKind, verifyChunkData } from '../../src/evtx/chunk.ts'
import { isElement, type XmlElement } from '../../src/evtx/element.ts'
import { FILE_HEADER_SIZE, readFileHeader } from '../../src/evtx/file-header.ts'
import { isDamage, type LogRecord, walkLog } from '../../src/evtx/log.ts'
import type { RecoverMode } from '../../src/evtx/record.ts'
import { systemOf } from '../../src/evtx/system.ts'
import { renderXml } from '../../src/evtx/xml.ts'
import { HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { type ChunkBytes, chunkOf, logOf } from '../support/evtx-bytes.ts'

const TESTED_IN: readonly (readonly [quirk: number, what: string, ...files: string[]])[] = [
  [1, 'header of a dirty log is stale', 'log', 'quirks'],
  [2, 'more than 65,535 chunks', 'log', 'scanner'],
  [3, 'first id above last, ids of -1', 'record'],
  [4, 'garbage in flags, no checksums', 'file-header', 'chunk', 'quirks'],
  [5, 'version 3.2', 'file-header', 'quirks'],
  [6, 'broken or missing file header', 'file-header', 'log'],
  [7, 'chunk with a bad signature', 'record', 'log', 'quirks'],
  [8, 'zero chunks, zeros over a chunk header', 'record', 'log', 'quirks'],
  [9, 'chunks out of order', 'log', 'group', 'quirks'],
  [10, 'free space offset and last ids wrong', 'record', 'chunk'],
  [11, 'impossible record sizes', 'record', 'quirks'],
  [12, 'size not repeated', 'record'],
  [13, 'good records behind a bad one', 'record', 'quirks'],
  [14, 'records in unused space', 'record', 'scanner'],
  [15, 'old records that meet a foreign template', 'template', 'quirks'],
  [16, 'a record hidden in another', 'quirks'],
  [17, 'garbage in the table of templates', 'template'],
  [18, 'template lost', 'scanner', 'quirks'],
  [19, 'records without template', 'element', 'plain-system', 'quirks'],
  [20, 'dependency id missing or unexpected', 'fragment'],
  [21, 'null with bytes', 'element'],
  [22, 'slot beyond the values', 'element'],
  [23, 'size contradicts the type', 'value-text', 'element'],
  [24, 'bools beyond 1', 'value-text', 'quirks'],
  [25, 'size_t of 4 and 8 bytes', 'value-text', 'quirks'],
  [26, 'malformed SIDs', 'value-text'],
  [27, 'absurd times', 'value-text'],
  [28, 'zeros in strings', 'value-text', 'json', 'xml', 'interner', 'scanner'],
  [29, 'control characters', 'xml', 'json'],
  [30, 'lone surrogates', 'xml', 'json'],
  [31, 'ANSI strings', 'value-text', 'scanner'],
  [32, 'CDATA, references, instructions', 'fragment', 'element', 'plain-system'],
  [33, 'odd text lengths', 'fragment'],
  [34, 'text in pieces', 'fragment', 'element', 'plain-system'],
  [35, 'broken lists of names', 'name', 'quirks'],
  [36, 'unnamed and repeated names', 'json', 'json-evtx-dump'],
  [37, 'empty Computer, EventID with qualifiers', 'system', 'plain-system', 'scanner'],
  [38, 'record header and event disagree', 'log', 'scanner'],
  [39, 'times not in order', 'group', 'scanner'],
  [40, 'checksums that do not match', 'chunk', 'log', 'quirks'],
  [41, 'the log must not be changed by reading', 'log'],
  [42, 'allocation bombs', 'fragment', 'instance', 'element', 'name', 'interner', 'hostile'],
  [43, 'records over the end of a chunk', 'record', 'log'],
]

/** Numbers of the quirks that the titles of a test file name. */
function quirksNamed(file: string): Set<number> {
  const titles = readFileSync(new URL(`./${file}.test.ts`, import.meta.url), 'utf8').matchAll(
    /\(quirks? ([\d, and]+)\)/g,
  )
  return new Set([...titles].flatMap(([, numbers]) => (numbers!.match(/\d+/g) ?? []).map(Number)))
}

describe('the list of quirks', () => {
  it('has all 43, each with a test in each file it names, and names each file that has one', () => {
    expect(TESTED_IN.map(([quirk]) => quirk)).toEqual(Array.from({ length: 43 }, (_, i) => i + 1))
    const listed = TESTED_IN.flatMap(([quirk, , ...files]) => files.map((file) => `${file} ${quirk}`))
    const files = readdirSync(new URL('.', import.meta.url))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => name.slice(0, -'.test.ts'.length))
    const found = files.flatMap((file) => [...quirksNamed(file)].map((quirk) => `${file} ${quirk}`))
    expect(listed.toSorted()).toEqual(found.toSorted())
  })
})

const record = (b: ChunkBytes) => b.record(() => b.fragment(() => b.element('Event', { content: () => b.system() })))

describe('walkLog() on a record that covers the next one', () => {
  it('reports the covered one, and recovers it (quirk 16)', () => {
    const b = chunkOf((c) => {
      record(c)
      record(c)
    })
    const sizeAt = (offset: number) => b.view.getUint32(offset + 4, true)
    const covered = 512 + sizeAt(512)
    const [size, both] = [sizeAt(covered), sizeAt(512) + sizeAt(covered)]
    expect([...walkLog(logOf([b]))].map(isDamage)).toEqual([false, false])
    b.view.setUint32(512 + 4, both, true)
    b.view.setUint32(512 + both - 4, both, true)
    const log = logOf([b.finish()])
    const [outer, damage, ...rest] = [...walkLog(log)]
    expect(outer).toMatchObject({ recordId: 1, size: both })
    expect(damage).toMatchObject({ kind: 'hidden-record', offset: 4096 + covered, length: 0 })
    expect(rest).toMatchObject([{ recordId: 2, offset: 4096 + covered, size, recovered: 'hidden' }])
    expect([...walkLog(log, { recover: 'none' })].slice(1)).toMatchObject([{ kind: 'hidden-record', length: size }])
  })
})

const RS = 'evtx-rs-samples/'

function records(path: string, recover: RecoverMode = 'resync'): LogRecord[] {
  return [...walkLog(readCorpus(path), { recover })].filter((found): found is LogRecord => !isDamage(found))
}

function chunksOf(log: Uint8Array) {
  const chunks = []
  for (let at = FILE_HEADER_SIZE; at < log.length; at += CHUNK_SIZE) {
    const chunk = chunkAt(new ArrayBuffer(CHUNK_SIZE), 0)
    chunk.bytes.set(log.subarray(at, at + CHUNK_SIZE))
    chunks.push(chunk)
  }
  return chunks
}

/** All texts of a type in an element, in their order. */
function textsOf(element: XmlElement, type: number): string[] {
  return element.children.flatMap((child) => {
    if (isElement(child)) return textsOf(child, type)
    return child.type === type ? [child.text] : []
  })
}

describe.skipIf(!HAS_CORPUS)('the reader on logs with quirks', () => {
  it.each([
    ['sysmon.evtx', 1, 9],
    ['system.evtx', 3, 15],
    ['2-vss_7-System.evtx', 4, 11],
  ])('reads all chunks of %s, which counts %i of its %i (quirk 1)', (name, counted, used) => {
    const log = readCorpus(RS + name)
    expect(readFileHeader(log)).toMatchObject({ chunkCount: counted, dirty: true })
    const withRecords = new Set(records(RS + name).map(({ offset }) => Math.floor((offset - 4096) / CHUNK_SIZE)))
    expect(withRecords.size).toBe(used)
  })

  it('reads logs with garbage in their flags, and without checksums (quirk 4)', () => {
    const header = readFileHeader(readCorpus(`${RS}post-Security.evtx`))
    expect([header.dirty, header.full, header.noChecksums]).toEqual([false, false, false])
    expect(records(`${RS}post-Security.evtx`, 'none')).toHaveLength(126)
    expect(readFileHeader(readCorpus(`${RS}Application_no_crc32.evtx`)).noChecksums).toBe(true)
    expect(records(`${RS}Application_no_crc32.evtx`)).toHaveLength(17)
  })

  it('reads a log of version 3.2 like any other (quirk 5)', () => {
    const path = 'evtx-attack-samples/Privilege Escalation/EfsPotato_sysmon_17_18_privesc_seimpersonate_to_system.evtx'
    expect(readFileHeader(readCorpus(path))).toMatchObject({ majorVersion: 3, minorVersion: 2 })
    expect(records(path)).toHaveLength(20)
  })

  it('finds what chunks with a bad signature hold (quirks 7 and 8)', () => {
    const path = `${RS}sample_with_a_bad_chunk_magic.evtx`
    expect(records(path, 'none')).toHaveLength(267)
    const recovered = records(path).filter((found) => found.recovered)
    expect(recovered.filter((found) => found.recovered === 'resync')).toHaveLength(34)
    const headerless = recovered.filter((found) => found.recovered === 'headerless')
    expect(headerless.map(({ template }) => template)).toEqual(Array(82).fill('library'))
    expect(new Set(recovered.map(({ event }) => systemOf(event).recordId)).size).toBe(34 + 82)
  })

  it('reads chunks in the order of the file where that is not the order of ids (quirk 9)', () => {
    const path = `${RS}2-system-Microsoft-Windows-LiveId%4Operational.evtx`
    const firstIds = chunksOf(readCorpus(path))
      .filter((chunk) => slotKind(chunk) === 'chunk')
      .map((chunk) => readChunkHeader(chunk).firstRecordId)
    expect(firstIds).not.toEqual(firstIds.toSorted((a, b) => a - b))
    const found = records(path)
    expect(found).toHaveLength(399)
    expect(found.map(({ offset }) => offset)).toEqual(found.map(({ offset }) => offset).toSorted((a, b) => a - b))
  })

  it('gets past a record of size 0 and finds the 114 behind it (quirks 11 and 13)', () => {
    const path = `${RS}sample-with-zero-data-size-event.evtx`
    expect(records(path, 'none')).toHaveLength(335)
    expect(records(path).filter((found) => found.recovered === 'resync')).toHaveLength(1 + 114)
  })

  it('gives no slack record the template of another (quirk 15)', () => {
    // Where their definitions stood, another one stands now: its fields would be read from the wrong slots.
    const path = 'evtx-attack-samples/Credential Access/CA_chrome_firefox_opera_4663.evtx'
    const [live, slack] = [records(path), records(path, 'slack').filter(({ recovered }) => recovered)]
    expect(live.map(({ event }) => systemOf(event).eventId)).toEqual(['1102', ...Array(4).fill('4663')])
    expect(slack.map(({ template }) => template)).toContain('root-map')
    expect(slack.filter(({ template }) => template === undefined || template === 'library')).toEqual([])
  })

  it('reports the record that eventlogedit hid (quirk 16)', () => {
    const log = readCorpus(`${RS}post-Security.evtx`)
    expect([...walkLog(log)].filter(isDamage)).toMatchObject([{ kind: 'hidden-record', offset: 74_288, length: 0 }])
    const [hidden] = records(`${RS}post-Security.evtx`).filter(({ recovered }) => recovered === 'hidden')
    // The clock was set: what the tool was to make unseen.
    expect(systemOf(hidden!.event)).toMatchObject({ eventId: '4616', recordId: '105' })
  })

  it('reads records whose template is lost by that of another chunk (quirk 18)', () => {
    const path = `${RS}2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx`
    const borrowed = records(path).filter(({ template }) => template === 'library')
    expect(borrowed).toHaveLength(24)
    for (const { event } of borrowed) {
      expect(systemOf(event).provider).toBe('Microsoft-Windows-RemoteDesktopServices-RdpCoreTS')
    }
  })

  it('reads a log that was saved without templates (quirk 19)', () => {
    const [found] = records(`${RS}MSExchange_Management_wec.evtx`)
    expect(systemOf(found!.event)).toMatchObject({ provider: 'MSExchange CmdletLogs', eventId: '1' })
  })

  it('takes any bits of a bool for true (quirk 24)', () => {
    const bools = records(`${RS}sample-with-irregular-bool-values.evtx`).flatMap(({ event }) => textsOf(event, 0x0d))
    expect(new Set(bools)).toEqual(new Set(['true', 'false']))
  })

  it('reads size_t of a 32-bit Windows (quirk 25)', () => {
    const sizes = records(`${RS}Security_with_size_t.evtx`).flatMap(({ event }) => textsOf(event, 0x10))
    expect(sizes.length).toBeGreaterThan(100)
    expect(sizes.every((text) => /^0x[0-9a-f]{1,8}$/.test(text))).toBe(true)
  })

  it('needs no lists of names: broken ones change no record (quirk 35)', () => {
    const [broken, whole] = ['security_bad_string_cache', 'security'].map((name) =>
      records(`${RS}${name}.evtx`).map(({ event }) => renderXml(event)),
    )
    expect(broken).toHaveLength(2261)
    expect(broken).toEqual(whole)
  })

  it('reads the records of chunks whose checksum does not match (quirk 40)', () => {
    const path = `${RS}2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx`
    const chunks = chunksOf(readCorpus(path))
    const mismatches = [...chunks.keys()].filter(
      (i) => slotKind(chunks[i]!) === 'chunk' && !verifyChunkData(chunks[i]!),
    )
    expect(mismatches).toHaveLength(2)
    const slots = new Set(records(path).map(({ offset }) => Math.floor((offset - 4096) / CHUNK_SIZE)))
    for (const i of mismatches) expect(slots).toContain(i)
  })
})
