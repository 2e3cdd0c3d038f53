import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BINARY, hasSamples, isBuilt, run, SAMPLES } from '../support/run-binary.ts'
import { plant, temporaryFolder } from '../support/temporary-folder.ts'

const KEY_DENIED = join(SAMPLES, 'key-denied')
const RESULTS = ['findings.csv', 'manifest.json', 'report.html', 'report.json', 'report.md', 'timeline.csv']
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Runs a line of shell; `evtxray` stands for the program. */
function shell(line: string) {
  const command = `evtxray() { "${process.execPath}" "${BINARY}" "$@"; }; ${line}`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command])
  return { code: status, out: stdout.toString(), error: stderr.toString() }
}

describe.skipIf(!isBuilt || !hasSamples)('evtxray and what it writes', () => {
  it('answers in three formats, the same in every run', async () => {
    const text = await run('analyze', KEY_DENIED, '-q')
    expect(text).toMatchObject({ code: 0, error: '' })
    expect(text.out).toContain('PROBABLE')
    expect(text.out).not.toContain('\x1b')
    expect(await run('analyze', KEY_DENIED, '-q')).toEqual(text)
    const json = JSON.parse((await run('analyze', KEY_DENIED, '--format', 'json')).out)
    expect(json).toMatchObject({ schemaVersion: 1, hosts: [{ host: 'key-denied' }] })
    expect((await run('analyze', KEY_DENIED, '--format', 'markdown')).out).toMatch(/^# /)
  })

  it('colours when told to', async () => {
    expect((await run('analyze', KEY_DENIED, '--color', 'always')).out).toContain('\x1b[')
  })

  it('ends with code 1 for a finding at or above --fail-on only', async () => {
    expect((await run('analyze', KEY_DENIED, '--fail-on', 'probable')).code).toBe(1)
    expect((await run('analyze', KEY_DENIED, '--fail-on', 'confirmed')).code).toBe(0)
    expect((await run('analyze', join(SAMPLES, 'healthy'), '--fail-on', 'possible')).code).toBe(0)
  })

  it('fills a folder, and its manifest tells the truth', async () => {
    const folder = join(temporaryFolder(), 'result')
    const { code, out, error } = await run('analyze', KEY_DENIED, '-o', folder)
    expect([code, out, error]).toEqual([0, '', expect.stringContaining(`to "${folder}"`)])
    expect(readdirSync(folder).sort()).toEqual(RESULTS)
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    expect(manifest.arguments).toEqual(['analyze', KEY_DENIED, '-o', folder])
    for (const input of manifest.inputs)
      expect([input.size, input.sha256]).toEqual([statSync(input.file).size, sha256(input.file)])
    expect(manifest.outputs.map((output: { file: string }) => output.file).sort()).toEqual(
      RESULTS.filter((file) => file !== 'manifest.json'),
    )
    for (const output of manifest.outputs) {
      const path = join(folder, output.file)
      expect([output.size, output.sha256]).toEqual([statSync(path).size, sha256(path)])
    }
    expect(readFileSync(join(folder, 'timeline.csv')).subarray(0, 3).toString('hex')).toBe('efbbbf')
    expect((await run('analyze', KEY_DENIED, '--format', 'json')).out).toBe(
      readFileSync(join(folder, 'report.json'), 'utf8'),
    )
  })

  it('tells the verdicts on stderr when the report goes to a folder, unless it is quiet', async () => {
    const [bad, good, quiet] = ['bad', 'good', 'quiet'].map((name) => join(temporaryFolder(), name))
    expect((await run('analyze', KEY_DENIED, '-o', bad!)).error).toContain(
      `to "${bad}"\nkey-denied: PROBABLE listener-key-unusable`,
    )
    expect((await run('analyze', join(SAMPLES, 'healthy'), '-o', good!)).error).toContain('\nnothing found on 1 host\n')
    expect((await run('analyze', KEY_DENIED, '-o', quiet!, '-q')).error).toBe('')
  })

  it('refuses a window that holds no record, and writes nothing', async () => {
    const folder = join(temporaryFolder(), 'result')
    const late = await run('analyze', KEY_DENIED, '--since', '2099-01-01T00:00Z', '-o', folder)
    expect(late).toMatchObject({ code: 2, out: '', error: expect.stringContaining('the logs end at') })
    expect(existsSync(folder)).toBe(false)
    const early = await run('analyze', KEY_DENIED, '--until', '1999-01-01T00:00Z')
    expect(early).toMatchObject({ code: 2, out: '', error: expect.stringContaining('the logs begin at') })
  })

  it('tells that no record matched', async () => {
    for (const command of ['timeline', 'dump']) {
      const { code, error } = await run(command, KEY_DENIED, '--channel', 'Systm')
      expect([code, error]).toEqual([
        0,
        expect.stringMatching(/^0 of [\d,]+ records matched\n.*did you mean "System"\?\n/),
      ])
    }
  })

  it('says in plain words that a part of the path of an output is no folder', async () => {
    const { code, error } = await run('analyze', KEY_DENIED, '-o', '/dev/full/x')
    expect([code, error]).toEqual([5, expect.stringContaining('a part of its path is no folder (ENOTDIR)')])
  })

  it('hashes nothing when told not to', async () => {
    const folder = join(temporaryFolder(), 'result')
    await run('analyze', KEY_DENIED, '-o', folder, '--hash', 'none')
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    expect(manifest.inputs.length).toBeGreaterThan(0)
    expect(manifest.inputs.filter((input: { sha256?: string }) => input.sha256 !== undefined)).toEqual([])
  })

  it('refuses an output that exists, replaces it when forced, and leaves what else is there', async () => {
    const folder = plant(temporaryFolder(), { 'report.json': 'old', 'mine.txt': 'mine' })
    expect(await run('analyze', KEY_DENIED, '-o', folder)).toMatchObject({
      code: 2,
      error: expect.stringContaining('not empty'),
    })
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('old')
    expect((await run('analyze', KEY_DENIED, '-o', folder, '--force')).code).toBe(0)
    expect(readdirSync(folder).sort()).toEqual([...RESULTS, 'mine.txt'].sort())
    const file = join(folder, 'mine.txt')
    for (const command of ['timeline', 'dump', 'info']) {
      expect(await run(command, KEY_DENIED, '-o', file)).toMatchObject({
        code: 2,
        error: expect.stringContaining('exists'),
      })
    }
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('refuses an output inside the evidence, forced or not, before anything is made there', async () => {
    const before = readdirSync(KEY_DENIED)
    for (const command of ['analyze', 'timeline', 'dump', 'info']) {
      const { code, error } = await run(command, SAMPLES, '-o', join(KEY_DENIED, 'out'), '--force')
      expect([code, error]).toEqual([2, expect.stringContaining('lies inside the evidence')])
    }
    expect(readdirSync(KEY_DENIED)).toEqual(before)
  })

  it('says that the disk is full, with code 5', () => {
    for (const command of ['analyze', 'timeline', 'dump', 'info', 'scenarios']) {
      const path = command === 'scenarios' ? '' : `"${KEY_DENIED}"`
      const { code, error } = shell(`evtxray ${command} ${path} >/dev/full`)
      expect([command, code, error]).toEqual([command, 5, expect.stringContaining('the disk is full (ENOSPC)')])
    }
  })

  it('leaves nothing half-written where a file may not grow', () => {
    const folder = temporaryFolder()
    // A file size limit of one block of 1 KiB stands for a disk without room.
    const { code, error } = shell(`trap '' XFSZ; ulimit -f 1; evtxray dump "${KEY_DENIED}" -o "${folder}/x.jsonl"`)
    expect([code, error]).toEqual([5, expect.stringContaining('EFBIG')])
    expect(readdirSync(folder)).toEqual([])
  })

  it('closes quietly when its reader leaves', () => {
    const { code, out, error } = shell(`evtxray dump "${SAMPLES}" -q | head -1; exit "\${PIPESTATUS[0]}"`)
    expect([code, error]).toEqual([0, ''])
    expect(() => JSON.parse(out)).not.toThrow()
  })

  it('waits for a slow reader', () => {
    const { code, out } = shell(`set -o pipefail; evtxray dump "${SAMPLES}" -q | (sleep 0.5; wc -l)`)
    expect([code, Number(out)]).toEqual([0, expect.any(Number)])
    expect(Number(out)).toBeGreaterThan(1000)
  })

  it('shows no progress into a pipe and tells how long it took, unless it is quiet', async () => {
    const told = await run('analyze', KEY_DENIED)
    expect(told.error).toMatch(/^Read 5 logs, .* in \d+\.\d\d s\n$/)
    const stats = await run('analyze', KEY_DENIED, '-q', '--stats')
    expect(stats.error).toMatch(
      /^stats: bytes=\d+ records=\d+ decoded=\d+ threads=\d+ engine=\w+ seconds=[\d.]+ mb_per_s=\d+ peak_mb=\d+\n$/,
    )
  })

  it('answers --version not much later than node itself is ready', async () => {
    const fastest = async (args: string[]): Promise<number> => {
      const times: number[] = []
      for (let i = 0; i < 7; i++) {
        const started = performance.now()
        await new Promise((resolve) => spawn(process.execPath, args).on('close', resolve))
        times.push(performance.now() - started)
      }
      return Math.min(...times)
    }
    expect((await fastest([BINARY, '--version'])) - (await fastest(['-e', '0']))).toBeLessThan(500)
  })
})

describe.skipIf(!isBuilt || !hasSamples)('evtxray timeline, dump, info, scenarios', () => {
  it('timeline writes one stream into a pipe and a file for a spreadsheet', async () => {
    const piped = await run('timeline', KEY_DENIED)
    expect(piped.code).toBe(0)
    expect(piped.out).toMatch(/^TimeCreatedUtc,/)
    const file = join(temporaryFolder(), 'x.csv')
    expect((await run('timeline', KEY_DENIED, '-o', file)).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(`\ufeff${piped.out}`)
  })

  it('timeline and dump heed filters and times', async () => {
    const args = ['--channel', 'system', '--event-id', '1058', '--since', '2026-03-12', '--format', 'jsonl']
    const rows = (await run('timeline', KEY_DENIED, ...args)).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map((row) => `${row.Channel} ${row.EventId}`))).toEqual(new Set(['System 1058']))
    expect(rows.every((row) => row.TimeCreatedUtc >= '2026-03-12')).toBe(true)
    const dumped = (await run('dump', KEY_DENIED, ...args)).out.trim().split('\n')
    expect(dumped).toHaveLength(rows.length)
  })

  it('timeline finds the window of one host, and asks for bounds where hosts differ', async () => {
    const whole = (await run('timeline', KEY_DENIED)).out.split('\n').length
    const day = await run('timeline', KEY_DENIED, '--window', '2h')
    expect(day.code).toBe(0)
    expect(day.out.split('\n').length).toBeLessThan(whole)
    expect(await run('timeline', SAMPLES, '--window', '2h')).toMatchObject({
      code: 2,
      error: expect.stringContaining('give --since and --until'),
    })
  })

  it('dump writes JSON lines in two shapes and one XML document', async () => {
    const lines = (await run('dump', KEY_DENIED)).out.trim().split('\n')
    const other = (await run('dump', KEY_DENIED, '--json-shape', 'evtx_dump')).out.trim().split('\n')
    expect(other).toHaveLength(lines.length)
    expect(JSON.parse(other[0]!)).toHaveProperty('Event')
    const xml = (await run('dump', KEY_DENIED, '--format', 'xml')).out
    expect(xml).toContain('<Events>')
    expect(xml.match(/<Event /g)).toHaveLength(lines.length)
  })

  it('info shows the health of each log', async () => {
    const { code, out } = await run('info', KEY_DENIED)
    expect(code).toBe(0)
    expect(out).toContain('System.evtx')
    const logs = JSON.parse((await run('info', KEY_DENIED, '--format', 'json')).out)
    expect(logs).toHaveLength(5)
    expect(logs[0]).toMatchObject({ file: expect.any(String), records: expect.any(Number), damage: [] })
  })

  it('scenarios lists the catalogue, and tells one in full', async () => {
    const list = await run('scenarios')
    for (const id of ['listener-key-unusable', 'tls-policy-blocks-server', 'broker-out-of-step'])
      expect(list.out).toContain(id)
    expect((await run('scenarios', 'broker-out-of-step')).out).toContain('Looked for')
    const ids = JSON.parse((await run('scenarios', '--format', 'json')).out).map(({ id }: { id: string }) => id)
    expect(ids).toContain('broker-out-of-step')
    expect(await run('scenarios', 'broker-out')).toMatchObject({
      code: 2,
      error: expect.stringContaining('the nearest is "broker-out-of-step"'),
    })
  })
})
