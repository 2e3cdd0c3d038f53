import { describe, expect, it } from 'vitest'
import { parseManifest, renderManifest } from '../../src/cli/manifest.ts'

const HASH = 'ab'.repeat(32)
const MANIFEST = {
  tool: { name: 'evtxray', version: '0.1.0' },
  arguments: ['analyze', 'logs'],
  startedAt: '2026-03-14T12:00:00.000Z',
  finishedAt: '2026-03-14T12:00:01.000Z',
  inputsFrom: '..',
  inputs: [
    { file: 'logs/a.evtx', size: 7, state: 'read' as const, records: 1, damaged: 0, recovered: 0, sha256: HASH },
  ],
  outputs: [{ file: 'report.json', size: 8, sha256: HASH.toUpperCase() }],
}

describe('parseManifest()', () => {
  it('reads what renderManifest() writes, hashes in lower case', () => {
    expect(parseManifest(renderManifest(MANIFEST))).toEqual({
      tool: 'evtxray 0.1.0',
      arguments: ['analyze', 'logs'],
      startedAt: '2026-03-14T12:00:00.000Z',
      finishedAt: '2026-03-14T12:00:01.000Z',
      inputsFrom: '..',
      inputs: [{ file: 'logs/a.evtx', size: 7, sha256: HASH }],
      outputs: [{ file: 'report.json', size: 8, sha256: HASH }],
    })
  })

  it('takes nothing else for a manifest', () => {
    const without = { ...MANIFEST, inputs: undefined }
    const broken = { ...MANIFEST, outputs: [{ file: 'a', size: 1, sha256: 'short' }] }
    const nameless = { ...MANIFEST, inputs: [{ size: 1 }] }
    const texts = [
      '',
      '{',
      'null',
      '[]',
      '7',
      ...[without, broken, nameless, [MANIFEST]].map((each) => JSON.stringify(each)),
    ]
    expect(texts.map(parseManifest)).toEqual(texts.map(() => undefined))
  })
})
