import { describe, expect, it } from 'vitest'
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
const hostCalled = (host: string) => failingHost({ host, findings: [listenerKeyUnusable({ remediation: [REPAIR] })] })
/** All that a repair says, in words and commands. */
const all = (remediation: Remediation | undefined) => JSON.stringify([remediation?.steps, remediation?.undo])
const repairOf = (...names: readonly string[]) =>
  withOwnFolders(names.map(hostCalled)).map(({ findings }) => findings[0]?.remediation[0])
const folders = (...names: readonly string[]) =>
  repairOf(...names).map((one) => one?.steps[0]?.command?.slice(`mkdir ${SAVED}\\`.length))

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

  it('gives no two hosts one folder, whatever they are called, and lets no name mean something to a shell', () => {
    const hostile = ['a b & calc', '%TEMP%', '..\\..\\x', '"', 'rds01', 'RDS01', 'F:', 'nul', 'dc/web', 'é'.repeat(9)]
    const names = folders(...hostile)
    expect(names).toEqual(['a-b-calc', 'TEMP', 'x', 'host', 'rds01', 'RDS01-2', 'F', 'host-nul', 'dc-web', 'host-2'])
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
