import { describe, expect, it } from 'vitest'
import type { XmlElement } from '../../src/evtx/element.ts'
import { isDamage, walkLog } from '../../src/evtx/log.ts'
import { systemOf } from '../../src/evtx/system.ts'
import { renderXml } from '../../src/evtx/xml.ts'
import { HAS_WINDOWS_XML, readWindowsXml } from '../support/corpus.ts'

/** Our XML by EventRecordID; a second event of one id is an error. */
function ours(log: Uint8Array): Map<string, string> {
  const byId = new Map<string, string>()
  for (const found of walkLog(log)) {
    if (isDamage(found)) throw new Error(found.detail)
    const id = idOf(found.event)
    if (byId.has(id)) throw new Error(`Two events of the id ${id}`)
    // The export's line ends were normalised by what it was kept in.
    byId.set(id, renderXml(found.event).replaceAll('\r\n', '\n'))
  }
  return byId
}

function idOf(event: XmlElement): string {
  return systemOf(event).recordId
}

describe.skipIf(!HAS_WINDOWS_XML)('renderXml() beside Windows 11', () => {
  it.each([
    ['Application', 366],
    ['System', 1247],
  ])('writes each of the events of %s as Windows exports it, byte for byte', (name, count) => {
    const { log, events } = readWindowsXml(name)
    const rendered = ours(log)
    expect([events.length, rendered.size]).toEqual([count, count])
    for (const event of events) {
      const id = /<EventRecordID>(\d+)</.exec(event)?.[1] ?? ''
      expect(rendered.get(id)).toBe(event)
    }
  })

  it('reads them in the order in which Windows lists them, the newest last', () => {
    const { log, events } = readWindowsXml('System')
    expect([...ours(log).values()]).toEqual(events)
  })
})
