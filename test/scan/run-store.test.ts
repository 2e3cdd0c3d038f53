import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { OutputError } from '../../src/errors.ts'
import { RunStore } from '../../src/scan/run-store.ts'
import { isBuilt } from '../support/run-binary.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { compareRows, describedRow as row, runOf } from '../support/timeline-rows.ts'

let folder = ''

beforeEach(() => {
  folder = temporaryFolder()
  vi.stubEnv('TMPDIR', folder)
  vi.stubEnv('TEMP', folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
})

function textOf(store: RunStore): string {
  let text = ''
  for (const each of store.merged(store.names())) text += Buffer.from(each.text)
  return text
}

/** Bytes of the temporary files, if there are any. */
function spilled(): number {
  const made = readdirSync(folder).filter((name) => name.startsWith('evtxray-'))
  return made.reduce((sum, name) => sum + statSync(join(folder, name, 'runs')).size, 0)
}

describe('RunStore', () => {
  it('merges runs into the one order, in memory, on disk and partly on either', () => {
    const rows = fc.record({
      time: fc.integer({ min: 0, max: 20 }),
      host: fc.constantFrom('A', 'B'),
      recordId: fc.integer({ min: 0, max: 3 }),
      run: fc.integer({ min: 0, max: 6 }),
    })
    const budget = fc.constantFrom(0, 200, 1_000_000)
    const property = fc.property(fc.array(rows, { maxLength: 120 }), budget, (described, memory) => {
      const all = described.map(({ time, run, ...over }, i) => ({
        run,
        row: row(time, { ...over, offset: i, said: `${i};` }),
      }))
      const store = new RunStore(memory)
      try {
        for (let run = 0; run <= 6; run++)
          store.add(runOf(all.filter((each) => each.run === run).map((each) => each.row)))
        const sorted = all.map((each) => each.row).sort(compareRows)
        expect(textOf(store)).toBe(sorted.map(({ said }) => said).join(''))
      } finally {
        store.close()
      }
    })
    fc.assert(property, { numRuns: 60 })
    expect(readdirSync(folder)).toEqual([])
  })

  it('goes to the disk only with what does not fit its budget', () => {
    const run = runOf([row(1), row(2)])
    const store = new RunStore(run.bytes.length)
    store.add(run)
    expect(spilled()).toBe(0)
    store.add(runOf([row(3)]))
    expect(spilled()).toBe(runOf([row(3)]).bytes.length)
    expect(textOf(store)).toBe('1;2;3;')
    store.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('reads rows back that are longer than what is read at once', () => {
    const store = new RunStore(0)
    const long = 'x'.repeat(300_000)
    for (let run = 0; run < 200; run++) store.add(runOf([row(run), row(1000 + run, { said: long })]))
    let count = 0
    for (const { text } of store.merged(store.names())) count += text.length === long.length ? 1 : 0
    expect(count).toBe(200)
    store.close()
  })

  it('removes its file when whoever takes the rows throws', () => {
    const store = new RunStore(0)
    store.add(runOf([row(1), row(2)]))
    expect(spilled()).toBeGreaterThan(0)
    expect(() => {
      try {
        for (const _ of store.merged(store.names())) throw new Error('enough')
      } finally {
        store.close()
      }
    }).toThrow('enough')
    expect(readdirSync(folder)).toEqual([])
    store.close()
  })

  it('is private to the user', () => {
    const store = new RunStore(0)
    store.add(runOf([row(1)]))
    const [name] = readdirSync(folder)
    expect(statSync(join(folder, name!, 'runs')).mode & 0o077).toBe(0)
    store.close()
  })

  it('says that the temporary folder cannot be written to', () => {
    vi.stubEnv('TMPDIR', join(folder, 'not-there'))
    vi.stubEnv('TEMP', join(folder, 'not-there'))
    const store = new RunStore(0)
    expect(() => store.add(runOf([row(1)]))).toThrow(OutputError)
    store.close()
  })

  it.skipIf(!isBuilt)('leaves nothing behind when the process is ended in the middle', () => {
    const modules = ['run-store', 'row-run'].map(
      (name) => new URL(`../../dist/src/scan/${name}.js`, import.meta.url).href,
    )
    const program = `
      const { RunStore } = await import('${modules[0]}')
      const { RunBuilder } = await import('${modules[1]}')
      const fs = await import('node:fs')
      const run = new RunBuilder()
      const key = { time: 1n, host: 'h', channel: 'c', recordId: 1, file: 'f', offset: 1 }
      run.add(key, { before: '', said: 't', after: '', shared: '' })
      new RunStore(0).add(run.finish())
      console.log(fs.readdirSync(process.env.TMPDIR ?? process.env.TEMP).length)
      process.exit(130)
    `
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    expect({ stdout, status }).toEqual({ stdout: '1\n', status: 130 })
    expect(existsSync(folder)).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })
})
