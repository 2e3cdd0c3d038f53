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

  it('stays small: 15 MB in some two hundred files, of which less than 2 MB are left when they are packed', () => {
    expect(described.reduce((sum, file) => sum + file.bytes.length, 0)).toBeLessThan(15_000_000)
    expect(described.reduce((sum, file) => sum + deflateSync(file.bytes).length, 0)).toBeLessThan(2_000_000)
    expect(described.length).toBeLessThan(260)
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
