import { linkSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { placeFile, placeFolder } from '../../src/cli/output-place.ts'
import { UsageError } from '../../src/errors.ts'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { LOG_HEAD, plant, temporaryFolder } from '../support/temporary-folder.ts'

async function options(force: boolean, ...paths: string[]) {
  return { force, evidence: { paths, collection: await findEvidence(paths) } }
}

describe('placeFile()', () => {
  it('takes a new name in a folder that is there', async () => {
    const folder = temporaryFolder()
    expect(await placeFile(join(folder, 'x.csv'), await options(false))).toMatchObject({
      kind: 'new',
      path: join(realpathSync(folder), 'x.csv'),
    })
    await expect(placeFile(join(folder, 'no/x.csv'), await options(false))).rejects.toThrow('There is no folder')
  })

  it('refuses a file that exists unless it is forced, and a folder always', async () => {
    const folder = plant(temporaryFolder(), { 'x.csv': 'old' })
    await expect(placeFile(join(folder, 'x.csv'), await options(false))).rejects.toThrow('exists')
    expect(await placeFile(join(folder, 'x.csv'), await options(true))).toMatchObject({ kind: 'file' })
    await expect(placeFile(folder, await options(true))).rejects.toThrow('is a folder')
  })

  it('refuses the name of a folder, whatever is there', async () => {
    const folder = plant(temporaryFolder(), { there: 'old' })
    for (const name of ['tt/', 'tt//', 'tt/.', 'there/']) {
      await expect(placeFile(`${folder}/${name}`, await options(true))).rejects.toThrow('is the name of a folder')
    }
    expect(await placeFile(`${folder}/.tt`, await options(true))).toMatchObject({ kind: 'new' })
  })

  it('replaces what a link leads to, not the link', async () => {
    const folder = plant(temporaryFolder(), { 'x.csv': 'old' })
    symlinkSync('x.csv', join(folder, 'link'))
    expect((await placeFile(join(folder, 'link'), await options(true))).path).toBe(join(realpathSync(folder), 'x.csv'))
  })

  it('writes a device straight', async () => {
    expect(await placeFile('/dev/null', await options(false))).toMatchObject({ kind: 'device' })
  })

  it.each([
    ['x.csv', 'beside the logs'],
    ['deep/er/x.csv', 'in a folder below that is not there yet'],
    ['../logs/./x.csv', 'by a detour'],
    ['../way-in/x.csv', 'through a link'],
  ])('refuses %s inside the evidence, forced or not: %s', async (name) => {
    const root = plant(temporaryFolder(), { 'logs/System.evtx': LOG_HEAD })
    symlinkSync(join(root, 'logs'), join(root, 'way-in'))
    const logs = join(root, 'logs')
    for (const force of [false, true]) {
      await expect(placeFile(`${logs}/${name}`, await options(force, logs))).rejects.toThrow('lies inside the evidence')
    }
  })

  it('refuses the log itself, by any of its names', async () => {
    const root = plant(temporaryFolder(), { 'System.evtx': LOG_HEAD, 'logs/Other.evtx': LOG_HEAD })
    linkSync(join(root, 'logs/Other.evtx'), join(root, 'hard.evtx'))
    const log = join(root, 'System.evtx')
    await expect(placeFile(log, await options(true, log))).rejects.toThrow(UsageError)
    await expect(placeFile(join(root, 'hard.evtx'), await options(true, join(root, 'logs')))).rejects.toThrow(
      UsageError,
    )
    expect(readFileSync(log)).toEqual(LOG_HEAD)
  })

  it('takes a place beside a log that was given alone', async () => {
    const root = plant(temporaryFolder(), { 'System.evtx': LOG_HEAD })
    expect(await placeFile(join(root, 'x.csv'), await options(false, join(root, 'System.evtx')))).toMatchObject({
      kind: 'new',
    })
  })
})

describe('placeFolder()', () => {
  it('takes a new folder and an empty one', async () => {
    const root = temporaryFolder()
    mkdirSync(join(root, 'empty'))
    expect(await placeFolder(join(root, 'new/er'), await options(false))).toMatchObject({ kind: 'new' })
    expect(await placeFolder(join(root, 'empty'), await options(false))).toMatchObject({ kind: 'folder' })
  })

  it('refuses a folder that holds something unless it is forced, and a file always', async () => {
    const root = temporaryFolder()
    writeFileSync(join(root, 'x'), '')
    await expect(placeFolder(root, await options(false))).rejects.toThrow('not empty')
    expect(await placeFolder(root, await options(true))).toMatchObject({ kind: 'folder' })
    await expect(placeFolder(join(root, 'x'), await options(true))).rejects.toThrow('is no folder')
  })

  it('refuses a folder inside the evidence', async () => {
    const root = plant(temporaryFolder(), { 'System.evtx': LOG_HEAD })
    await expect(placeFolder(join(root, 'out'), await options(true, root))).rejects.toThrow('lies inside the evidence')
  })
})
