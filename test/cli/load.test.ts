import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended, isBuilt } from '../support/run-binary.ts'

describe.skipIf(!isBuilt)('bin/load.js', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evtxray-load-'))
  const app = join(folder, 'dist', 'app')
  const compiled = () => readdirSync(app).filter((name) => name.endsWith('.compiled'))

  beforeAll(() => {
    symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'), 'dir')
    const root = new URL('../../', import.meta.url)
    for (const part of ['bin', 'dist/app', 'package.json']) {
      cpSync(new URL(part, root), join(folder, part), { recursive: true })
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function scenarios(): Promise<string> {
    const { code, out, error } = await ended(spawn(process.execPath, [join(folder, 'bin', 'evtxray.js'), 'scenarios']))
    expect([code, error]).toEqual([0, ''])
    return out
  }

  it('runs the same with what was compiled ahead, with what is unfit for this Node, and without', async () => {
    expect(compiled().some((name) => name.startsWith('main.cjs') && name.includes(process.version))).toBe(true)
    const ahead = await scenarios()
    for (const name of compiled()) {
      const bytes = readFileSync(join(app, name))
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(join(app, name), bytes)
    }
    expect(await scenarios()).toBe(ahead)
    for (const name of compiled()) truncateSync(join(app, name), 100)
    expect(await scenarios()).toBe(ahead)
    for (const name of compiled()) writeFileSync(join(app, name), Buffer.alloc(5_000, 7))
    expect(await scenarios()).toBe(ahead)
    for (const name of compiled()) rmSync(join(app, name))
    expect(await scenarios()).toBe(ahead)
    expect(ahead).toContain('listener-key-unusable')
  })

  it('does not run what was made of another source of the same length', async () => {
    cpSync(new URL('../../dist/app', import.meta.url), app, { recursive: true })
    const main = join(app, 'main.cjs')
    const source = readFileSync(main, 'utf8')
    const other = source.replace('"--version"', '"--varsion"')
    expect(other.length).toBe(source.length)
    expect(other).not.toBe(source)
    writeFileSync(main, other)
    const { out } = await ended(spawn(process.execPath, [join(folder, 'bin', 'evtxray.js'), '--varsion']))
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
