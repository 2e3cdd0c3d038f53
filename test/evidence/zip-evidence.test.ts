import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'
import { type EntryDescription, zipBytes, zipOf } from '../support/zip-bytes.ts'

const LOGS = 'Windows/System32/winevt/Logs'

/** What is found in a zip, with names as below it. */
async function find(bytes: Uint8Array, ...others: string[]) {
  const zip = join(plant(temporaryFolder(), { 'case.zip': bytes }), 'case.zip')
  const notes: string[] = []
  const {
    roots,
    logs,
    refused,
    links = [],
  } = await findEvidence([zip, ...others], { onNote: (note) => notes.push(note) })
  const short = (name: string) => name.replace(`${zip}/`, '')
  return {
    roots: roots.map(({ kind, label }) => [kind, label]),
    names: logs.map(({ name }) => short(name)),
    links: links.map(short),
    owners: logs.map(({ root }) => root),
    refused: refused.map(({ name, reason, state, size }) => ({ name: short(name), reason, state, size })),
    notes: notes.map((note) => note.replaceAll(`${zip}/`, '')),
    logs,
    machines: roots.map(({ machine }) => machine),
  }
}

const two = (a: string, b: string) =>
  zipOf({ [`${a}/${LOGS}/System.evtx`]: LOG_HEAD, [`${b}/${LOGS}/System.evtx`]: LOG_HEAD })

describe('findEvidence in a zip', () => {
  it('reads a zipped volume in its known place only, in any letter case and with backslashes', async () => {
    const bytes = zipOf({
      'WINDOWS\\system32\\WinEvt\\logs\\System.evtx': LOG_HEAD,
      'WINDOWS\\system32\\Stray.evtx': LOG_HEAD,
    })
    const { roots, names, logs } = await find(bytes)
    expect(roots).toEqual([['volume', 'case.zip']])
    expect(names).toEqual(['WINDOWS/system32/WinEvt/logs/System.evtx'])
    expect(logs[0]).toMatchObject({ size: 4096, source: { kind: 'deflated' } })
  })

  it('searches any other zip all the way down, and knows logs by their content', async () => {
    const bytes = zipOf({ 'b/System.evtx': LOG_HEAD, 'a/renamed.bin': LOG_HEAD, 'c.txt': Buffer.from('x') })
    expect(await find(bytes)).toMatchObject({
      roots: [['loose', '']],
      names: ['a/renamed.bin', 'b/System.evtx'],
      refused: [],
    })
  })

  it.each([
    [
      "Microsoft's collector of attached disks",
      'CaseLogs/20260314_1010_UTC/F',
      'CaseLogs/20260314_1010_UTC/G',
      ['F', 'G'],
      'collector for attached disks',
    ],
    ['an archive of inspected disks', 'device_0', 'device_1', ['device_0', 'device_1'], 'inspected disks'],
    ['a Velociraptor collection', 'uploads/auto/C%3A', 'uploads/auto/D%3A', ['C:', 'D:'], 'Velociraptor'],
    ['a KAPE collection', 'RDS01/C', 'RDS02/C', ['RDS01/C', 'RDS02/C'], "collector's copy"],
  ])('keeps the hosts of %s apart', async (_, a, b, labels, note) => {
    const { roots, owners, notes } = await find(two(a, b))
    expect(roots).toEqual(labels.map((label) => ['volume', label]))
    expect(owners).toEqual([0, 1])
    expect(notes.filter((each) => each.includes(note))).toHaveLength(2)
  })

  it('tells the hosts of two zips apart by the shortest tail that differs', async () => {
    const other = join(
      plant(temporaryFolder(), { 'other.zip': zipOf({ [`C/${LOGS}/x.evtx`]: LOG_HEAD }) }),
      'other.zip',
    )
    const { roots } = await find(zipOf({ [`C/${LOGS}/x.evtx`]: LOG_HEAD }), other)
    expect(roots.map(([, label]) => label)).toEqual(['case.zip/C', 'other.zip/C'])
  })

  it('refuses a log that cannot be read, each with its reason, and reads the others', async () => {
    const entries: EntryDescription[] = [
      { name: `${LOGS}/System.evtx`, data: LOG_HEAD },
      { name: `${LOGS}/Security.evtx`, data: LOG_HEAD, flags: 1 },
      { name: `${LOGS}/Setup.evtx`, data: Buffer.from('no log') },
      { name: `${LOGS}/Torn.evtx`, data: LOG_HEAD, packed: Buffer.from('ffffff', 'hex') },
      { name: `../${LOGS}/Up.evtx`, data: LOG_HEAD },
      { name: `${LOGS}/notes.txt`, data: Buffer.from('x'), flags: 1 },
    ]
    const { names, refused, roots } = await find(zipBytes(entries))
    expect(names).toEqual([`${LOGS}/System.evtx`])
    expect(roots).toHaveLength(1)
    expect(refused).toMatchObject([
      { name: `../${LOGS}/Up.evtx`, state: 'unreadable', reason: expect.stringContaining('leads out') },
      { name: `${LOGS}/Security.evtx`, state: 'unreadable', reason: expect.stringContaining('encrypted') },
      { name: `${LOGS}/Setup.evtx`, state: 'not-evtx' },
      { name: `${LOGS}/Torn.evtx`, state: 'unreadable', reason: expect.stringContaining('inflated') },
    ])
  })

  it('refuses a zip that was cut, an empty one finds nothing', async () => {
    const whole = zipOf({ 'System.evtx': LOG_HEAD })
    expect((await find(whole.subarray(0, -9))).refused).toMatchObject([
      { state: 'unreadable', reason: expect.stringContaining('zip file that cannot be read: its end is missing') },
    ])
    expect(await find(zipBytes([]))).toMatchObject({ names: [], refused: [] })
  })

  it('does not open a zip in a zip or in a folder, and names it; of what else is a zip only a note tells', async () => {
    const inner = zipOf({ 'System.evtx': LOG_HEAD })
    const files = { 'inner.zip': inner, 'report.docx': inner, 'Application.evtx': LOG_HEAD }
    const outer = plant(temporaryFolder(), { 'outer.zip': zipOf(files) })
    const nested = await findEvidence([join(outer, 'outer.zip')])
    expect([nested.logs.length, nested.unopened]).toEqual([1, [`${outer}/outer.zip/inner.zip`]])
    const folder = plant(temporaryFolder(), files)
    const notes: string[] = []
    const found = await findEvidence([folder], { onNote: (note) => notes.push(note) })
    expect([found.logs.length, found.unopened]).toEqual([1, [`${folder}/inner.zip`]])
    expect(notes).toContainEqual(expect.stringContaining(`Not opened, a zip file: "${folder}/report.docx"`))
  })

  it('does not follow a link that a zip holds', async () => {
    const link: EntryDescription = { name: 'link.evtx', data: Buffer.from('/etc/passwd'), mode: 0o120777 }
    const { names, links } = await find(zipBytes([link, { name: 'a.evtx', data: LOG_HEAD }]))
    expect(names).toEqual(['a.evtx'])
    expect(links).toEqual(['link.evtx'])
  })

  it('reads a zip that is given twice once', async () => {
    const zip = join(plant(temporaryFolder(), { 'a.zip': two('A', 'B') }), 'a.zip')
    expect((await findEvidence([zip, zip])).logs).toHaveLength(2)
  })

  it('takes the forwarded log for what it is', async () => {
    const { logs } = await find(zipOf({ [`${LOGS}/ForwardedEvents.evtx`]: LOG_HEAD }))
    expect(logs.map(({ forwarded }) => forwarded)).toEqual([true])
  })
})
