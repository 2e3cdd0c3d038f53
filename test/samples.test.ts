import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { describeSamples } from '../scripts/samples/samples.ts'

const folder = fileURLToPath(new URL('../samples/', import.meta.url))
const described = describeSamples()

function filesOf(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .sort()
}

describe('describeSamples()', () => {
  it('names exactly the files of samples/', () => {
    expect(described.map((file) => file.path).sort()).toEqual(filesOf(folder))
  })

  it('gives the bytes of each file of samples/', () => {
    const different = described.filter((file) => !readFileSync(join(folder, file.path)).equals(file.bytes))
    expect(different.map((file) => file.path)).toEqual([])
  })

  it('gives the same bytes when it is asked again', () => {
    const different = describeSamples().filter((file, i) => {
      const before = described[i]
      return before?.path !== file.path || !Buffer.from(before.bytes).equals(file.bytes)
    })
    expect(different.map((file) => file.path)).toEqual([])
  })

  it('stays small: 10 MB in about a hundred files', () => {
    expect(described.reduce((sum, file) => sum + file.bytes.length, 0)).toBeLessThan(10_000_000)
    expect(described.length).toBeLessThan(110)
  })
})
