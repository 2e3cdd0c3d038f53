import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ended, hasSamples, isBuilt, run, SAMPLES, start } from '../support/run-binary.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'
import { zipOf } from '../support/zip-bytes.ts'

/** The files below some samples, by their names below a folder of the zip. */
function samples(...names: string[]): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {}
  for (const name of names) {
    for (const path of readdirSync(join(SAMPLES, name), { recursive: true, encoding: 'utf8' })) {
      const file = join(SAMPLES, name, path)
      if (statSync(file).isFile()) files[`${name}/${path}`] = readFileSync(file)
    }
  }
  return files
}

function zipped(files: Record<string, Uint8Array>): string {
  return join(plant(temporaryFolder(), { 'case.zip': zipOf(files) }), 'case.zip')
}

const NAMES = ['key-denied', 'tls-blocked', 'healthy']

describe.skipIf(!isBuilt || !hasSamples)('evtxray on a zip', () => {
  it('says of two hosts and more in one zip what it says of them in a folder', async () => {
    const zip = zipped(samples(...NAMES))
    const folder = plant(temporaryFolder(), samples(...NAMES))
    for (const args of [['analyze', '--format', 'json'], ['timeline'], ['dump'], ['info']]) {
      const [inZip, inFolder] = [await run(...args, zip), await run(...args, folder)]
      expect([inZip.code, inZip.out.length > 1000]).toEqual([inFolder.code, true])
      expect(inZip.out.replaceAll(zip, folder) === inFolder.out).toBe(true)
    }
  })

  it('gives the same answers on one thread and on two', async () => {
    const zip = zipped(samples(...NAMES))
    const [one, two] = [await run('dump', '--threads', '1', zip), await run('dump', '--threads', '2', zip)]
    expect(one.out === two.out).toBe(true)
  })

  it('tells with --verbose what it took the zip for', async () => {
    const files = Object.entries(samples('key-denied'))
    const inspected = files.map(([name, data]) => [name.replace('key-denied', 'device_0'), data])
    const { error } = await run('analyze', '-v', zipped(Object.fromEntries(inspected)))
    expect(error).toContain('inspected disks')
  })

  it('reads the rest of a zip with a bad entry, names it, and ends with code 4', async () => {
    const files = samples('key-denied')
    files['key-denied/Windows/System32/winevt/Logs/Broken.evtx'] = Buffer.from('no log')
    const { code, out, error } = await run('analyze', zipped(files))
    expect([code, out, error]).toEqual([
      4,
      expect.stringContaining('listener-key-unusable'),
      expect.stringContaining('Broken.evtx: No event log'),
    ])
  })

  it('says why a zip cannot be read, with code 4', async () => {
    const zip = join(plant(temporaryFolder(), { 'cut.zip': zipOf(samples('healthy')).slice(0, -30) }), 'cut.zip')
    const { code, error } = await run('analyze', zip)
    expect([code, error]).toEqual([4, expect.stringContaining('its end is missing')])
  })

  it('reads a zip from standard input', async () => {
    const child = start(['analyze', '-'])
    child.stdin?.end(zipOf(samples('key-denied')))
    expect(await ended(child)).toMatchObject({ code: 0, out: expect.stringContaining('listener-key-unusable') })
  })

  it('never writes into a zip', async () => {
    const zip = zipped(samples('healthy'))
    const before = readFileSync(zip)
    const { code } = await run('timeline', zip, '-o', zip, '--force')
    expect([code, readFileSync(zip).equals(before)]).toEqual([2, true])
  })
})
