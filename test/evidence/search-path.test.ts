import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { searchPath } from '../../src/evidence/search-path.ts'
import { LOG_HEAD, temporaryFolder } from '../support/temporary-folder.ts'
import { zipBytes } from '../support/zip-bytes.ts'

it('searchPath() takes names of files apart a few times each, however many folders hold hives', async () => {
  const folders = Array.from({ length: 300 }, (_, i) => `pc${String(i).padStart(3, '0')}`)
  const entries = folders.flatMap((folder) => [
    { name: `${folder}/System.evtx`, data: LOG_HEAD },
    { name: `${folder}/SYSTEM`, data: Buffer.from('regf') },
  ])
  const zip = join(temporaryFolder(), 'case.zip')
  writeFileSync(zip, zipBytes(entries))
  // Work is counted, not timed: once for each folder and file it would be 180,000.
  const cut = vi.spyOn(String.prototype, 'lastIndexOf')
  const found = await searchPath(zip, {})
  const cuts = cut.mock.calls.length
  cut.mockRestore()
  expect(found.map(({ shown, files }) => [shown, files.length])).toEqual(folders.map((name) => [`${zip}/${name}`, 2]))
  expect(cuts).toBeLessThan(20 * entries.length)
})
