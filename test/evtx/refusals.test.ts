import { describe, expect, it } from 'vitest'
import { fromSeed } from '../../scripts/engines/from-seed.ts'
import { CHUNK_SIZE } from '../../src/evtx/chunk.ts'
import { FILE_HEADER_SIZE } from '../../src/evtx/file-header.ts'
import { PayloadFields, UNDECIDED } from '../../src/evtx/payload-fields.ts'
import type { Skimmer } from '../../src/evtx/skimmer.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { UINT32_TYPE } from '../../src/evtx/value-type.ts'
import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { corpusLogs, HAS_CORPUS, readCorpus } from '../support/corpus.ts'
import { sampleLogs } from '../support/samples.ts'
import { newSkimmer, scanLog } from '../support/scan-log.ts'

const AUDITING = { name: 'Microsoft-Windows-Security-Auditing', guid: '54849625-5478-4994-a5ba-3e3b0328c30d' }

function logon(type: number, fields: Partial<EventDescription> = {}): EventDescription {
  return {
    provider: AUDITING,
    eventId: 4624,
    timeCreated: '2026-03-14T09:41:00Z',
    channel: 'Security',
    computer: 'HOST',
    payload: {
      kind: 'eventData',
      items: [
        { name: 'SubjectUserName', value: 'HOST$' },
        { name: 'LogonType', value: type },
        { name: 'IpPort', value: 10 },
      ],
    },
    ...fields,
  }
}

/** Asks for what has LogonType 10 in any of its records, and refuses all other numbers there. */
function remoteLogons(bytes: Uint8Array, skimmer?: Skimmer) {
  const templates = new TemplateCache()
  const fields = new PayloadFields(templates)
  const found: string[] = []
  let handedOn = 0
  let last = -1
  const { scanner, damage } = scanLog(bytes, {
    ...(skimmer && { skimmer }),
    onMatch(record, chunk, fileOffset, scanner) {
      handedOn++
      if (last !== fileOffset) templates.startChunk()
      last = fileOffset
      const offset = fileOffset + record.offset
      const where = fields.find(chunk, record, 'logontype')
      if (where === UNDECIDED) found.push(`${offset} undecided`)
      else if (where === 'value' && fields.type === UINT32_TYPE && fields.size === 4) {
        const number = chunk.view.getUint32(fields.offset, true)
        const place = fields.placeOfLast(chunk)
        if (number === 10) found.push(`${offset} ${record.eventId}`)
        else if (place) scanner.refuse(place, number)
      }
    },
  })
  const { records, damaged } = scanner
  return { answer: { found, damage, records, damaged, groups: scanner.groups.all() }, handedOn }
}

describe('Scanner.refuse()', () => {
  it('passes over records of a refused number, in later chunks too, and counts them', () => {
    const bytes = writeLog(Array.from({ length: 2_000 }, (_, i) => logon([2, 3, 5, 10][i % 4]!)))
    const plain = remoteLogons(bytes)
    const { answer, handedOn } = remoteLogons(bytes, newSkimmer())
    expect(bytes.length).toBeGreaterThan(FILE_HEADER_SIZE + 3 * CHUNK_SIZE)
    expect(answer).toEqual(plain.answer)
    expect(plain.handedOn).toBe(2_000)
    // Those that are wanted, and the first chunk's, to learn from.
    expect(answer.found.length).toBe(500)
    expect(handedOn).toBeLessThan(700)
  })

  it('hands on numbers beyond what a refusal can hold', () => {
    const bytes = writeLog(Array.from({ length: 100 }, (_, i) => logon(i % 2 === 0 ? 64 : 4_294_967_295)))
    expect(remoteLogons(bytes, newSkimmer()).handedOn).toBe(100)
  })

  it('speaks of one provider and event id only', () => {
    const kinds = [logon(3), logon(3, { eventId: 4625 }), logon(3, { provider: { name: 'Other' } })]
    const bytes = writeLog([...kinds, ...kinds, logon(10), logon(10, { eventId: 4625 }), logon(10)])
    const { answer } = remoteLogons(bytes, newSkimmer())
    expect(answer).toEqual(remoteLogons(bytes).answer)
    expect(answer.found.length).toBe(3)
  })

  it('does not take another field for the one that was refused', () => {
    const other = logon(3, { payload: { kind: 'eventData', items: [{ name: 'LogonTypf', value: 3 }] } })
    const more = (type: number) =>
      logon(type, {
        payload: {
          kind: 'eventData',
          items: [
            { name: 'LogonType', value: type },
            { name: 'SubjectUserName', value: 'x' },
            { name: 'IpPort', value: 10 },
          ],
        },
      })
    const bytes = writeLog([logon(3), other, more(3), more(10), logon(10), more(10)])
    const { answer } = remoteLogons(bytes, newSkimmer())
    expect(answer).toEqual(remoteLogons(bytes).answer)
    expect(answer.found.length).toBe(3)
  })

  it('hands on what names its field otherwise in a later chunk, under the same template id and size', () => {
    const bytes = writeLog(Array.from({ length: 2_000 }, () => logon(3)))
    const name = Buffer.from('LogonType', 'utf16le')
    const chunk = FILE_HEADER_SIZE + CHUNK_SIZE
    const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(name, chunk)
    bytes[at + name.length - 2] = 'f'.charCodeAt(0)
    const plain = remoteLogons(bytes)
    const { answer, handedOn } = remoteLogons(bytes, newSkimmer())
    expect(answer).toEqual(plain.answer)
    // That chunk's, and the first one's, to learn from.
    expect(handedOn).toBeGreaterThan(200)
    expect(handedOn).toBeLessThan(500)
  })

  it('says the same of a chunk with a broken name, whatever was read before it', () => {
    // The second chunk has the layout of the first; a third, of another layout, teaches as well.
    const one = Array.from({ length: 300 }, () => logon(10))
    const sound = writeLog(one)
    const broken = writeLog(Array.from({ length: 300 }, () => logon(3)))
    const other = writeLog([logon(10, { eventId: 4634 }), ...Array.from({ length: 300 }, () => logon(3))])
    const chunkOf = (log: Uint8Array) => log.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE)
    const header = sound.subarray(0, FILE_HEADER_SIZE)
    const name = Buffer.from('Name', 'utf16le')
    const hurt = Buffer.from(chunkOf(broken))
    for (let at = hurt.indexOf(name); at >= 0; at = hurt.indexOf(name, at + 1)) {
      // An attribute's name: its hash stands six bytes before the characters, the count between.
      if (hurt.readUInt16LE(at - 2) === 4 && hurt.readUInt16LE(at + 8) === 0) hurt[at] = 'M'.charCodeAt(0)
    }
    for (const before of [
      [],
      [chunkOf(sound)],
      [chunkOf(other)],
      [chunkOf(broken)],
      [chunkOf(other), chunkOf(sound)],
    ]) {
      const bytes = Buffer.concat([header, ...before, hurt, chunkOf(sound)])
      expect(remoteLogons(bytes, newSkimmer()).answer).toEqual(remoteLogons(bytes).answer)
      const last = FILE_HEADER_SIZE + (before.length + 1) * CHUNK_SIZE
      const { found } = remoteLogons(bytes, newSkimmer()).answer
      expect(found.some((each) => Number(each.split(' ')[0]) > last)).toBe(true)
    }
  })

  it('changes no answer where chunks are damaged', () => {
    const random = fromSeed(20_261_123)
    const logs = [writeLog(Array.from({ length: 200 }, (_, i) => logon([3, 10][i % 2]!)))]
    for (const { path, bytes } of sampleLogs()) if (path.endsWith('Security.evtx')) logs.push(bytes)
    let damaged = 0
    for (let round = 0; round < 300; round++) {
      // Something is learned from the chunk before it is damaged.
      const log = logs[random(logs.length)]!
      const chunk = log.subarray(FILE_HEADER_SIZE, FILE_HEADER_SIZE + CHUNK_SIZE)
      const bytes = Buffer.concat([log.subarray(0, FILE_HEADER_SIZE), chunk, chunk])
      for (let hit = 0; hit <= random(60); hit++) {
        const at = random(2) === 0 ? 8_192 : CHUNK_SIZE - 512
        bytes[FILE_HEADER_SIZE + CHUNK_SIZE + 512 + random(at)] = random(256)
      }
      const plain = remoteLogons(bytes).answer
      expect([round, remoteLogons(bytes, newSkimmer()).answer]).toEqual([round, plain])
      if (plain.damaged > 0) damaged++
    }
    expect(damaged).toBeGreaterThan(50)
  })
})

describe.skipIf(!HAS_CORPUS)('Scanner.refuse() over the corpus', () => {
  it('changes no answer, and spares most of the looking', () => {
    const skimmer = newSkimmer()
    let handedOn = 0
    let logons = 0
    for (const path of corpusLogs()) {
      const bytes = readCorpus(path)
      const plain = remoteLogons(bytes)
      const skimmed = remoteLogons(bytes, skimmer)
      expect([path, skimmed.answer]).toEqual([path, plain.answer])
      logons += plain.handedOn
      handedOn += skimmed.handedOn
    }
    expect(handedOn).toBeLessThan(logons)
  })
})
