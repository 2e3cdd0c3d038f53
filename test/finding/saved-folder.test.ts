import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import type { HostAnalysis } from '../../src/finding/analysis.ts'
import type { Remediation } from '../../src/finding/finding.ts'
import { forEachHost, MAKE_FOLDER, SAVED, withOwnFolders } from '../../src/finding/saved-folder.ts'
import { sentence } from '../../src/finding/sentence.ts'
import { failingHost } from '../support/analysis.ts'
import { listenerKeyUnusable } from '../support/finding.ts'

const REPAIR: Remediation = {
  where: 'live',
  title: sentence('repair.key.live-title'),
  steps: [MAKE_FOLDER, { text: sentence('repair.key.export-store'), command: `reg export K ${SAVED}\\k.reg` }],
  undo: [
    { text: sentence('repair.undo-import'), command: `if exist ${SAVED}\\k.reg reg import ${SAVED}\\k.reg` },
    { text: sentence('repair.key.undo-certificate', { file: `${SAVED}\\k.reg` }) },
  ],
}
const hostCalled = (host: string, ...computers: readonly string[]) =>
  failingHost({ host, computers, facts: [], findings: [listenerKeyUnusable({ remediation: [REPAIR] })] })
/** All that a repair says, in words and commands. */
const all = (remediation: Remediation | undefined) => JSON.stringify([remediation?.steps, remediation?.undo])
const repairsOf = (...hosts: readonly HostAnalysis[]) =>
  withOwnFolders(hosts).map(({ findings }) => findings[0]?.remediation[0])
const repairOf = (...names: readonly string[]) => repairsOf(...names.map((name) => hostCalled('F', name)))
const foldersOf = (...hosts: readonly HostAnalysis[]) =>
  repairsOf(...hosts).map((one) => one?.steps[0]?.command?.slice(`mkdir ${SAVED}\\`.length))
const folders = (...names: readonly string[]) => foldersOf(...names.map((name) => hostCalled('F', name)))
const fact = (id: string, value: string): Fact => ({ id, state: 'present', value, source: { file: 'SYSTEM' } })

describe('withOwnFolders()', () => {
  it('lets a host that is alone save where it saves among others: it may be repaired on another day', () => {
    expect(repairOf('RDS01')).toEqual(repairOf('RDS01', 'RDS02').slice(0, 1))
    expect(repairOf('RDS01')).not.toEqual([REPAIR])
  })

  it('lets each of several hosts save in a folder of its own, and undo from it, in commands and in words', () => {
    const [first] = repairOf('RDS01', 'RDS02')
    expect(all(first).match(/rdp-repair/g)).toHaveLength(5)
    expect(all(first).match(/rdp-repair\\\\RDS01/g)).toHaveLength(5)
    expect(folders('RDS01', 'RDS02')).toEqual(['RDS01', 'RDS02'])
  })

  it('calls it as the computer is called, whatever its disk is mounted as', () => {
    expect(foldersOf(hostCalled('F', 'WIN-1', 'rds01.contoso.local', 'RDS01'))).toEqual(['rds01.contoso.local'])
    expect(foldersOf({ ...hostCalled('F'), facts: [fact('name.computer', 'RDS01')] })).toEqual(['RDS01'])
  })

  it('lets no name mean something to a shell or to Windows', () => {
    const hostile = ['a b & calc', '%TEMP%', '..\\..\\x', '"', '-rds', 'nul', 'dc/web', 'é', 'R'.repeat(41)]
    const plain = ['a-b-calc', 'TEMP', 'x', 'host', 'rds', 'host-nul', 'dc-web', 'host', 'R'.repeat(40)]
    const names = folders(...hostile)
    expect(names.map((name) => name?.replace(/-[0-9a-f]{8}$/, ''))).toEqual(plain)
    for (const [i, name] of names.entries()) expect(name).not.toBe(plain[i])
  })

  it.each([
    ['RDS 01', 'RDS-01'],
    ['サーバー', '服务器'],
    ['50% é', '50'],
    [`${'R'.repeat(40)}1`, `${'R'.repeat(40)}2`],
  ])('gives %s and %s folders of their own, on whichever day each is looked at', (one, other) => {
    expect(folders(one)).not.toEqual(folders(other))
    expect(folders(one, other)).toEqual([...folders(one), ...folders(other)])
  })

  it('gives no computer the name that another has with its tag', () => {
    const [tagged = ''] = folders('RDS 01')
    expect(folders(tagged)).not.toEqual([tagged])
  })

  it('takes a computer whose name differs in case for the same, and another host of its name in one run for another', () => {
    expect(folders('É1.contoso.local')[0]?.toLowerCase()).toBe(folders('é1.contoso.local')[0]?.toLowerCase())
    const [first, second] = foldersOf(hostCalled('F', 'RDS01'), hostCalled('G', 'rds01'))
    expect([first, second]).toEqual(['RDS01', expect.stringMatching(/^rds01-[0-9a-f]{8}$/)])
  })

  it('tells two disks apart that name no computer, by their logs', () => {
    const withLog = (file: string): HostAnalysis => {
      return { ...hostCalled('F'), coverage: [{ channel: 'System', state: 'present', file }] }
    }
    const [one, other] = [foldersOf(withLog('n1/F/System.evtx')), foldersOf(withLog('n2/F/System.evtx'))]
    expect(one).not.toEqual(other)
    expect(one).toEqual([expect.stringMatching(/^F-[0-9a-f]{8}$/)])
  })

  it('tells computers of one name without a domain apart, by what the disk has', () => {
    const withGuid = (name: string, guid: string) =>
      foldersOf({ ...hostCalled('F', name), facts: [fact('machine.guid', guid)] })
    expect(withGuid('DC01', 'a')).not.toEqual(withGuid('DC01', 'b'))
    expect(withGuid('DC01', 'a')).toEqual([expect.stringMatching(/^DC01-[0-9a-f]{8}$/)])
    expect(withGuid('dc01.contoso.local', 'a')).toEqual(['dc01.contoso.local'])
  })
})

describe('forEachHost()', () => {
  it('stands for any host, however its own folder is called', () => {
    const [first, second] = repairOf('RDS01', 'RDS02')
    expect(forEachHost(first!)).toEqual(forEachHost(second!))
    expect(all(forEachHost(first!))).toContain(`reg export K C:\\\\rdp-repair\\\\HOST\\\\k.reg`)
    expect(all(forEachHost(first!))).not.toContain('RDS01')
  })
})
