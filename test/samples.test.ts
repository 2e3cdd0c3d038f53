import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
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

  it('stays small: 400 kB in six or seven files a sample, of which less than 55 kB are left when they are packed', () => {
    const samples = new Set(described.map(({ path }) => path.slice(0, path.indexOf('/')))).size
    expect(samples).toBeGreaterThan(35)
    expect(described.reduce((sum, file) => sum + file.bytes.length, 0)).toBeLessThan(400_000 * samples)
    expect(described.reduce((sum, file) => sum + deflateSync(file.bytes).length, 0)).toBeLessThan(55_000 * samples)
    expect(described.length).toBeLessThan(7 * samples)
  })

  it('makes hives of 20 to 60 kB', () => {
    const hives = described.filter(({ path }) => /\/config\/[^/.]+$/.test(path))
    expect(hives.length).toBeGreaterThan(20)
    for (const { bytes } of hives) {
      expect(bytes.length).toBeGreaterThan(20_000)
      expect(bytes.length).toBeLessThan(60_000)
    }
  })

  it('makes key files without a key', () => {
    const keys = described.filter(({ path }) => path.includes('/Crypto/'))
    expect(keys.length).toBeGreaterThan(50)
    for (const { bytes } of keys) {
      expect(Buffer.from(bytes).toString('latin1')).toMatch(/^A sample: there is no key in this file\.\r\n\0+$/)
    }
  })
})
