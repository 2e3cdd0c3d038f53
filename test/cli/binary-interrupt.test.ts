import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ended, hasSamples, isBuilt, SAMPLES, start } from '../support/run-binary.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const LOGS = join(SAMPLES, 'key-denied/Windows/System32/winevt/Logs')

/** Logs enough to be busy with for a while; links to a few, so that they take no room. */
function plenty(): string {
  const folder = temporaryFolder()
  const names = readdirSync(LOGS)
  for (const name of names) writeFileSync(join(folder, name), readFileSync(join(LOGS, name)))
  for (let i = 0; i < 500; i++) {
    mkdirSync(join(folder, `d${i}`))
    for (const name of names) linkSync(join(folder, name), join(folder, `d${i}`, name))
  }
  return folder
}

describe.skipIf(!isBuilt || !hasSamples)('evtxray and Ctrl-C', () => {
  const logs = isBuilt && hasSamples ? [['1'], ['2']] : []
  it.each(logs)('ends with code 130 and leaves nothing half-written, with --threads %s', async (threads) => {
    const evidence = plenty()
    const out = temporaryFolder()
    const child = start(['dump', evidence, '--threads', threads, '-o', join(out, 'x.jsonl')])
    const end = ended(child)
    // Until it has begun to write.
    for (let waited = 0; readdirSync(out).length === 0 && waited < 20_000; waited += 20) await setTimeout(20)
    expect(child.exitCode).toBeNull()
    child.kill('SIGINT')
    // The promise is 100 ms, on a machine that has nothing else to do; a run that is not cut short takes far longer than a test may.
    const { code, error } = await end
    expect([code, error]).toEqual([130, 'evtxray: interrupted\n'])
    expect(readdirSync(out)).toEqual([])
  })

  it('ends while it waits for a reader that does not read, and for a pipe that says nothing', async () => {
    const stuck = start(['dump', plenty(), '--threads', '1'])
    // Something to read is there: it has begun to write.
    await new Promise((resolve) => stuck.stdout?.once('readable', resolve))
    const waiting = start(['analyze', '-'])
    waiting.stdin?.write('ElfFile')
    await setTimeout(2000)
    for (const child of [stuck, waiting]) {
      let error = ''
      child.stderr?.on('data', (data) => {
        error += data
      })
      const code = new Promise((resolve) => child.on('exit', resolve))
      const told = new Promise((resolve) => child.stderr?.on('end', resolve))
      child.kill('SIGINT')
      expect(await code).toBe(130)
      await told
      expect(error).toBe('evtxray: interrupted\n')
    }
  }, 60_000)
})
