import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recogniseFile } from '../../src/evidence/recognise.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

const file = (path: string) => ({ kind: 'file', path }) as const
const CHUNK = Buffer.from('ElfChnk\0', 'latin1')

describe('recogniseFile', () => {
  const late = Buffer.concat([Buffer.alloc(4096 + 65_536 * 2), CHUNK, Buffer.alloc(100)])

  it('looks at later chunk slots only when told to be thorough', async () => {
    const path = join(plant(temporaryFolder(), { 'late.evtx': late }), 'late.evtx')
    expect(await recogniseFile(file(path), { thorough: true })).toEqual({ state: 'log', size: late.length })
    expect(await recogniseFile(file(path), { thorough: false })).toMatchObject({ state: 'not-evtx', size: late.length })
  })

  it('names other formats that are taken for logs', async () => {
    const folder = plant(temporaryFolder(), { 'old.evt': Buffer.from('300000004c664c65', 'hex'), SYSTEM: 'regf....' })
    const reason = async (name: string) => await recogniseFile(file(join(folder, name)), { thorough: true })
    expect(await reason('old.evt')).toMatchObject({ reason: expect.stringContaining('.evt') })
    expect(await reason('SYSTEM')).toMatchObject({ reason: expect.stringContaining('registry hive') })
  })

  it('says that a file is gone rather than throwing', async () => {
    expect(await recogniseFile(file(join(temporaryFolder(), 'gone.evtx')), { thorough: true })).toMatchObject({
      state: 'unreadable',
      reason: expect.stringContaining('ENOENT'),
    })
  })
})
