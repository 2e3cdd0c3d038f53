import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashLogs } from '../../src/cli/manifest.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'

describe('hashLogs()', () => {
  it('hashes each log by its name, and leaves out one that is gone', async () => {
    const folder = plant(temporaryFolder(), {
      'a.evtx': LOG_HEAD,
      'b.evtx': Buffer.concat([LOG_HEAD, Buffer.alloc(3e6)]),
    })
    const { logs } = await findEvidence([folder])
    const gone = { ...logs[0]!, name: 'gone', path: join(folder, 'gone') }
    const hashes = await hashLogs([...logs, gone], new AbortController().signal)
    expect([...hashes.keys()]).toEqual([`${folder}/a.evtx`, `${folder}/b.evtx`])
    // sha256sum of "ElfFile\0" and 4088 zeros.
    expect(hashes.get(`${folder}/a.evtx`)).toBe('404fe12203a646894e7d9ae21941a14da790228a7860efa1019c17d8d3dc3d56')
  })

  it('stops when it is aborted', async () => {
    const { logs } = await findEvidence([plant(temporaryFolder(), { 'a.evtx': LOG_HEAD })])
    await expect(hashLogs(logs, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})
