import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EventDescription } from '../../../src/evtx/write/event-description.ts'
import { writeLog } from '../../../src/evtx/write/log-writer.ts'

const CORPUS = new URL('../../../../shared/corpus/', import.meta.url)

/** The first record of a log that Windows wrote, described: its structure, and values of the same length before the payload. */
const RECORDS: readonly { readonly path: string; readonly event: EventDescription }[] = [
  {
    path: 'evtx-rs-samples/system.evtx',
    event: {
      provider: { name: 'EventLog' },
      eventId: 6009,
      timeCreated: '2017-07-12T19:00:00Z',
      channel: 'System',
      computer: 'WIN-P4SIAA0SQCO',
      payload: { kind: 'classic', strings: ['a'] },
    },
  },
  {
    path: 'evtx-attack-samples/Defense Evasion/DE_WinEventLogSvc_Crash_System_7036.evtx',
    event: {
      provider: {
        name: 'Service Control Manager',
        guid: '{555908D1-A6D7-4695-8E1E-26931D2012F4}',
        eventSourceName: 'Service Control Manager',
      },
      eventId: 7036,
      qualifiers: 16_384,
      processId: 580,
      threadId: 6460,
      timeCreated: '2020-09-23T16:00:00Z',
      channel: 'System',
      computer: '01566s-win16-ir.threebeesco.com',
      payload: {
        kind: 'eventData',
        items: [
          { name: 'param1', value: 'a' },
          { name: 'param2', value: 'b' },
        ],
        binary: '00',
      },
    },
  },
  {
    path: 'evtx-rs-samples/2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx',
    event: {
      provider: { name: 'any', guid: '{c76baa63-ae81-421c-b425-340b4b24157f}' },
      eventId: 261,
      timeCreated: '2018-08-07T20:00:00Z',
      channel: 'any/Operational',
      computer: 'DESKTOP-1N4R894',
      payload: {
        kind: 'userData',
        element: 'EventXML',
        namespace: 'Event_NS',
        items: [{ name: 'listenerName', value: 'RDP-Tcp' }],
      },
    },
  },
]

interface Definition {
  readonly body: Buffer
  /** Where the body ends. */
  readonly end: number
}

/** The definition that stands inline in the instance at an offset of the first chunk. */
function inlineDefinition(chunk: Buffer, instance: number): Definition {
  expect(chunk[instance]).toBe(0x0c)
  expect(chunk.readUInt32LE(instance + 6)).toBe(instance + 10)
  const end = instance + 10 + 24 + chunk.readUInt32LE(instance + 30)
  return { body: chunk.subarray(instance + 34, end), end }
}

/** Where the root's values begin, and where the last of them, the payload, does. */
function payloadAt(chunk: Buffer, root: Definition): number {
  const count = chunk.readUInt32LE(root.end)
  let at = root.end + 4 + 4 * count
  for (let i = 0; i < count - 1; i++) at += chunk.readUInt16LE(root.end + 4 + 4 * i)
  return at
}

function firstChunk(log: Uint8Array): Buffer {
  return Buffer.from(log.subarray(4096, 4096 + 65_536))
}

/** A body with what depends on where it stands blanked: the offsets of names inside it, and their links to older names. */
function comparable({ body, end }: Definition): string {
  const start = end - body.length
  const copy = Buffer.from(body)
  for (let at = 0; at + 10 < copy.length; at++) {
    // A name that stands here is preceded by its own offset.
    if (copy.readUInt32LE(at) === start + at + 4) copy.fill(0, at, at + 8)
  }
  return copy.toString('hex')
}

describe('writeLog()', () => {
  for (const { path, event } of RECORDS) {
    const file = new URL(path.split('/').map(encodeURIComponent).join('/'), CORPUS)
    const windows = (): Buffer => firstChunk(readFileSync(file))

    it.skipIf(!existsSync(file))(`writes the root template of ${path} as Windows did, to the byte`, () => {
      const [ours, theirs] = [firstChunk(writeLog([event])), windows()]
      expect(inlineDefinition(ours, 512 + 28)).toEqual(inlineDefinition(theirs, 512 + 28))
    })

    it.skipIf(!existsSync(file))(`writes the payload's template of ${path} as Windows did`, () => {
      const payloads = [firstChunk(writeLog([event])), windows()].map((chunk) => {
        const at = payloadAt(chunk, inlineDefinition(chunk, 512 + 28))
        return inlineDefinition(chunk, chunk[at] === 0x0f ? at + 4 : at)
      })
      expect(payloads[0]!.body.length).toBe(payloads[1]!.body.length)
      expect(comparable(payloads[0]!)).toBe(comparable(payloads[1]!))
    })
  }
})
