import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { formatOfEnding } from '../../src/cli/format-of-ending.ts'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SAMPLE = fileURLToPath(new URL('../../samples/key-denied/', import.meta.url))
const FORMATS = ['csv', 'jsonl', 'parquet'] as const

describe('formatOfEnding()', () => {
  it.each([
    ['out.csv', 'csv'],
    ['a.b/OUT.CSV', 'csv'],
    ['out.json', 'jsonl'],
    ['out.txt', undefined],
    ['out.ndjson', 'jsonl'],
    ['out.parquet', 'parquet'],
    ['out', undefined],
    ['csv', undefined],
    ['out.constructor', undefined],
    ['out.2026', undefined],
    ['xlsx', undefined],
    ['-', undefined],
    [undefined, undefined],
  ])('of %s is %s', (output, format) => {
    expect(formatOfEnding('timeline', output, FORMATS)).toBe(format)
  })

  it('takes .json for the JSON of a command that has one', () => {
    expect(formatOfEnding('info', 'x.json', ['text', 'json'])).toBe('json')
    expect(() => formatOfEnding('facts', 'x.html', ['text', 'json'])).toThrow(/facts does not write html/)
  })

  it('refuses a name that promises what the command does not write', () => {
    expect(() => formatOfEnding('timeline', 'out.xml', FORMATS)).toThrow(
      /timeline does not write xml, .* csv, jsonl, parquet/,
    )
  })
})

describe('formatOfEnding() of a file that no command writes', () => {
  it.each(['x.xlsx', 'x.XLS', 'x.csv.gz', 'x.zip', 'x.bz2', 'x.xz', 'x.zst', 'x.7z', 'x.db', 'x.sqlite', 'x.sqlite3'])(
    'refuses %s',
    (name) => {
      const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
      for (const command of ['timeline', 'dump', 'info', 'facts']) {
        expect(() => formatOfEnding(command, name, FORMATS)).toThrow(`${command} does not write ${ending}, which`)
      }
    },
  )
})

describe('timeline and dump', () => {
  const run = async (...args: readonly string[]) => {
    const terminal = fakeTerminal()
    const code = await main([...args, SAMPLE, '--threads', '1'], worldOf(terminal))
    return { code, error: terminal.error() }
  }

  it('write what the name of the output promises, unless --format says otherwise', async () => {
    const folder = temporaryFolder()
    const startOf = async (name: string, ...args: readonly string[]) => {
      const file = join(folder, name)
      expect(await run(...args, '-o', file)).toMatchObject({ code: 0 })
      return readFileSync(file).toString('latin1', 0, 5)
    }
    expect(await startOf('t.parquet', 'timeline')).toMatch(/^PAR1/)
    expect(await startOf('t.jsonl', 'timeline')).toMatch(/^\{"/)
    expect(await startOf('d.xml', 'dump')).toBe('<?xml')
    expect(await startOf('d2.xml', 'dump', '--format', 'jsonl')).toMatch(/^\{"/)
  })

  it('refuse a name that promises what they do not write, and leave nothing', async () => {
    const file = join(temporaryFolder(), 'x.csv')
    const { code, error } = await run('dump', '-o', file)
    expect((await run('timeline', '-o', join(temporaryFolder(), 'x.xlsx'))).code).toBe(2)
    expect([code, error]).toEqual([2, expect.stringContaining('dump does not write csv')])
    expect(() => readFileSync(file)).toThrow('ENOENT')
    expect(
      (await run('timeline', '--profile', 'evtxecmd', '-o', join(temporaryFolder(), 'x.parquet'))).error,
    ).toContain('timeline --profile evtxecmd does not write parquet')
  })
})
