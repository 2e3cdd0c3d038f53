import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { writeLog } from '../../src/evtx/write/log-writer.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'
import { described } from '../support/logs.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

const LOG = writeLog([described('one'), described('two')])

async function run(terminal: Parameters<typeof fakeTerminal>[0], ...args: string[]) {
  const shown = fakeTerminal(terminal)
  const code = await main(['timeline', ...args, '--quiet'], worldOf(shown))
  return { code, out: shown.out(), error: shown.error() }
}

describe('evtxray timeline', () => {
  it.each([
    [['--profile', 'evtxecmd', '--format', 'jsonl'], 'the nearest valid pair is "--profile evtxecmd --format csv"'],
    [['--profile', 'ecs', '--format', 'parquet'], 'the nearest valid pair is "--profile ecs --format jsonl"'],
    [['--profile', 'timeskech'], 'the nearest valid value is "timesketch"'],
    [['--format', 'parque'], 'the nearest valid value is "parquet"'],
  ])('refuses %j', async (args, words) => {
    const { code, out, error } = await run({}, 'x', ...args)
    expect([code, out]).toEqual([2, ''])
    expect(error).toContain(words)
  })

  it('writes a profile in what it is best known in', async () => {
    const folder = plant(temporaryFolder(), { 'a.evtx': LOG })
    const starts = await Promise.all(
      ['default', 'evtxecmd', 'timesketch', 'ecs'].map(async (profile) => {
        return (await run({}, folder, '--profile', profile)).out.slice(0, 13)
      }),
    )
    expect(starts).toEqual(['TimeCreatedUt', 'RecordNumber,', '{"message":"[', '{"@timestamp"'])
  })

  it('puts a byte order mark only into a file that people open', async () => {
    const folder = plant(temporaryFolder(), { 'logs/a.evtx': LOG })
    const marks: [string, boolean][] = []
    for (const [profile, format] of [
      ['default', 'csv'],
      ['default', 'jsonl'],
      ['evtxecmd', 'csv'],
      ['timesketch', 'csv'],
    ]) {
      const file = join(folder, `${profile}.${format}`)
      const { code } = await run({}, join(folder, 'logs'), '--profile', profile!, '--format', format!, '-o', file)
      expect(code).toBe(0)
      marks.push([`${profile} ${format}`, readFileSync(file, 'utf8').startsWith('\ufeff')])
    }
    expect(marks.filter(([, marked]) => marked).map(([name]) => name)).toEqual(['default csv', 'evtxecmd csv'])
    expect(readdirSync(folder)).toHaveLength(5)
  })

  it('writes Parquet into a file or a pipe, and refuses it to a terminal', async () => {
    const folder = plant(temporaryFolder(), { 'logs/a.evtx': LOG })
    const file = join(folder, 'x.parquet')
    expect((await run({}, join(folder, 'logs'), '--format', 'parquet', '-o', file)).code).toBe(0)
    const bytes = readFileSync(file)
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1'])
    const shown = await run({ isTTY: true }, join(folder, 'logs'), '--format', 'parquet')
    expect([shown.code, shown.out]).toEqual([2, ''])
    expect(shown.error).toContain('A Parquet file is not for a terminal')
  })
})
