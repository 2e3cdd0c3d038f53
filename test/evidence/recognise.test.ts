import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { looksLikeLog } from '../../src/evtx/file-header.ts'
import { recogniseFile } from '../../src/evidence/recognise.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'

const CHUNK = Buffer.from('ElfChnk\0', 'latin1')

describe('looksLikeLog', () => {
  it('takes a file header, and a chunk behind a wiped one or at the very start', () => {
    expect(looksLikeLog(LOG_HEAD)).toBe(true)
    expect(looksLikeLog(Buffer.concat([Buffer.alloc(4096), CHUNK]))).toBe(true)
    expect(looksLikeLog(CHUNK)).toBe(true)
  })

  it('takes neither a signature that is cut nor one that stands elsewhere', () => {
    expect(looksLikeLog(CHUNK.subarray(0, 7))).toBe(false)
    expect(looksLikeLog(Buffer.from('ElfFile'))).toBe(false)
    expect(looksLikeLog(Buffer.concat([Buffer.alloc(512), CHUNK]))).toBe(false)
  })
})

describe('recogniseFile', () => {
  const late = Buffer.concat([Buffer.alloc(4096 + 65_536 * 2), CHUNK, Buffer.alloc(100)])

  it('looks at later chunk slots only when told to be thorough', async () => {
    const path = join(plant(temporaryFolder(), { 'late.evtx': late }), 'late.evtx')
    expect(await recogniseFile(path, { thorough: true })).toEqual({ state: 'log', size: late.length })
    expect(await recogniseFile(path, { thorough: false })).toMatchObject({ state: 'not-evtx', size: late.length })
  })

  it('names other formats that are taken for logs', async () => {
    const folder = plant(temporaryFolder(), { 'old.evt': Buffer.from('300000004c664c65', 'hex'), SYSTEM: 'regf....' })
    const reason = async (name: string) => await recogniseFile(join(folder, name), { thorough: true })
    expect(await reason('old.evt')).toMatchObject({ reason: expect.stringContaining('.evt') })
    expect(await reason('SYSTEM')).toMatchObject({ reason: expect.stringContaining('registry hive') })
  })

  it('says that a file is gone rather than throwing', async () => {
    expect(await recogniseFile(join(temporaryFolder(), 'gone.evtx'), { thorough: true })).toMatchObject({
      state: 'unreadable',
      reason: expect.stringContaining('ENOENT'),
    })
  })
})
