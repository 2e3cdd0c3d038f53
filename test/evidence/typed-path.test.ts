import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locate, readings, shownPath } from '../../src/evidence/typed-path.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('readings', () => {
  it.each(['F:', 'F:\\', 'F:"', 'F:\\"', 'F:/'])('takes %s for the root of the drive on Windows', (typed) => {
    expect(readings(typed, 'win32')).toEqual(['F:\\'])
  })

  it('drops the stray quote behind any path, the typed one first where a name may hold a quote', () => {
    expect(readings('D:\\logs"', 'win32')).toEqual(['D:\\logs', 'D:\\logs"'])
    expect(readings('/mnt/disk"', 'linux')).toEqual(['/mnt/disk"', '/mnt/disk'])
  })

  it('leaves an ordinary path alone', () => {
    expect(readings('/mnt/disk', 'linux')).toEqual(['/mnt/disk'])
  })
})

describe('shownPath', () => {
  it('ends without slash or quote, except the root of all', () => {
    expect(['F:\\', 'F:"', 'F:'].map((typed) => shownPath(typed, 'win32'))).toEqual(['F:', 'F:', 'F:'])
    expect(shownPath('logs//', 'linux')).toBe('logs')
    expect(shownPath('logs\\', 'win32')).toBe('logs')
    expect(shownPath('/', 'linux')).toBe('/')
  })
})

describe('locate', () => {
  it('finds one folder by the three spellings of a drive', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'F:'))
    // Only a lone drive letter is a drive; the spelling is tried from inside the folder that holds it.
    const before = process.cwd()
    process.chdir(folder)
    try {
      const places = [await locate('F:'), await locate('F:\\'), await locate('F:"')]
      expect(new Set(places.map((place) => place.real)).size).toBe(1)
      expect(places.map((place) => place.shown)).toEqual(['F:', 'F:', 'F:'])
    } finally {
      process.chdir(before)
    }
  })

  it('explains a line that a backslash before the quote has swallowed', async () => {
    await expect(locate('F:" -o out')).rejects.toThrow('the backslash before the quote took the rest of the line')
  })

  it('refuses an empty path', async () => {
    await expect(locate('')).rejects.toThrow('The path is empty')
  })
})
