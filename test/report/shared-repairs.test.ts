import { expect, test } from 'vitest'
import type { Remediation } from '../../src/finding/finding.ts'
import { MAKE_FOLDER, withOwnFolders } from '../../src/finding/saved-folder.ts'
import { sentence } from '../../src/finding/sentence.ts'
import { english } from '../../src/report/language/en.ts'
import { voiceOf } from '../../src/report/language/voice.ts'
import { sharedRepairs } from '../../src/report/shared-repairs.ts'
import { failingHost } from '../support/analysis.ts'
import { listenerKeyUnusable } from '../support/finding.ts'

test('sharedRepairs() names the folder of a host where the way is its own, and any host’s where several share it', () => {
  const way = (where: Remediation['where']): Remediation => ({
    where,
    title: sentence('repair.key.live-title'),
    steps: [MAKE_FOLDER],
  })
  const host = (name: string, ...remediation: readonly Remediation[]) =>
    failingHost({ host: name, computers: [name], findings: [listenerKeyUnusable({ remediation })] })
  const hosts = [host('RDS01', way('live')), host('RDS02', way('live')), host('RDS03', way('live'), way('offline'))]
  const shared = sharedRepairs(withOwnFolders(hosts), voiceOf(english))
  expect(
    shared.map((one) => [one.hosts, one.remediation.steps[0]?.text.id, one.remediation.steps[0]?.command]),
  ).toEqual([
    [['RDS01', 'RDS02', 'RDS03'], 'repair.make-folder-each', 'mkdir C:\\rdp-repair\\HOST'],
    [['RDS03'], 'repair.make-folder-own', 'mkdir C:\\rdp-repair\\RDS03'],
  ])
})
