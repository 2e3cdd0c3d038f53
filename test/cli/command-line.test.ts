import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeTerminal, worldOf } from '../support/fake-terminal.ts'

async function run(...args: string[]) {
  const terminal = fakeTerminal()
  const code = await main(args, worldOf(terminal))
  return { code, out: terminal.out(), error: terminal.error() }
}

describe('main()', () => {
  it('tells its version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), error: '' })
  })

  it('tells its help on standard output when asked, on stderr with code 2 when nothing was typed', async () => {
    const asked = await run('--help')
    expect([asked.code, asked.error]).toEqual([0, ''])
    for (const command of ['analyze', 'timeline', 'dump', 'info', 'scenarios'])
      expect(asked.out).toContain(`  ${command} `)
    const nothing = await run()
    expect([nothing.code, nothing.out]).toEqual([2, ''])
    expect(nothing.error).toContain('Usage: evtxray')
  })

  it.each(['analyze', 'timeline'])(
    '%s says in its help that a window up to the last boot lies before it',
    async (command) => {
      const { out } = await run(command, '--help')
      expect(out.replace(/\s+/g, ' ')).toContain(
        'last-boot (the last event before the last boot: the window lies before it',
      )
    },
  )

  it.each(['analyze', 'timeline', 'dump', 'info', 'scenarios'])('%s has help of its own', async (command) => {
    const { code, out } = await run(command, '--help')
    expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining(`evtxray ${command}`)])
  })

  it('gives the help of a command to whoever asks help for it', async () => {
    expect(await run('help', 'analyze')).toEqual(await run('analyze', '--help'))
    expect((await run('help')).code).toBe(0)
  })

  it('takes -q for every command, as it means the same for all', async () => {
    expect(await run('scenarios', '-q')).toEqual(await run('scenarios'))
  })

  it.each([
    [['analize', 'x'], "Unknown command 'analize'; did you mean analyze?"],
    [['help', 'analyse'], "Unknown command 'analyse'; did you mean analyze?"],
    [['analyze'], "Missing required argument 'path'"],
    [['analyze', 'x', '--formt', 'json'], "Unknown option '--formt'; did you mean --format?"],
    [
      ['analyze', 'x', '--format', 'jsn'],
      '--format: "jsn" is not known: expected text, json or markdown; the nearest valid value is "json"',
    ],
    [
      ['analyze', 'x', '--fail-on', 'likely'],
      '--fail-on: "likely" is not known: expected possible, probable or confirmed',
    ],
    [
      ['analyze', 'x', '--threads', '0'],
      '--threads: "0" is no number of threads: expected 1 to 256; the nearest valid value is "1"',
    ],
    [['analyze', 'x', '--threads', '1e9'], 'the nearest valid value is "256"'],
    [['analyze', 'x', '--threads', 'all'], '"all" is no number of threads: expected 1 to 256'],
    [['analyze', 'x', '--window', '24'], '--window: "24" is no duration'],
    [
      ['analyze', 'x', '--since', 'yesterday'],
      '--since: "yesterday" is no time: expected ISO 8601 such as 2026-03-14T09:41:00Z',
    ],
    [['analyze', 'x', '--reference', 'last-bot'], 'the nearest valid value is "last-boot"'],
    [['analyze', 'x', '--since', '2026-03-14', '--window', '1d'], '--since and --window cannot be given together'],
    [['analyze', 'x', '--recover', 'all'], '--recover: "all" is not known: expected none, resync or slack'],
    [['analyze', 'x', '--lang', 'de'], '--lang: "de" is not known: expected en or fr'],
    [['analyze', 'x', '--hash', 'sha256'], '--hash says what manifest.json holds'],
    [['analyze', 'x', '--level', '2'], '--level is refused on analyze: a filter would change verdicts'],
    [['dump', 'x', '--event-id', '70000'], '--event-id: "70000" is no event id'],
    [['dump', 'x', '--event-id', '4624', '--event-id', '9-1'], 'the nearest valid value is "1-9"'],
    [['dump', 'x', '--level', 'eror'], 'the nearest valid value is "error"'],
    [['dump', 'x', '--channel', ''], '--channel: A channel is missing'],
    [['dump', 'x', '--format', 'xml', '--json-shape', 'evtx_dump'], '--json-shape is for --format jsonl'],
    [['timeline', 'x', '--until', '2026-13-01'], 'the nearest valid value is "2026-12-01"'],
    [['scenarios', 'a', 'b'], 'Too many arguments'],
  ])('refuses %j', async (args, words) => {
    const { code, out, error } = await run(...args)
    expect([code, out]).toEqual([2, ''])
    expect(error).toContain(`evtxray: `)
    expect(error).toContain(words)
    expect(error).not.toContain('    at ')
  })
})
