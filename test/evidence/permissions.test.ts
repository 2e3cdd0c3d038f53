import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findEvidence } from '../../src/evidence/find-logs.ts'
import { whyUnreadable } from '../../src/evidence/why-unreadable.ts'
import { LOG_HEAD, plant } from '../support/temporary-folder.ts'

const isRoot = process.getuid?.() === 0
/** Root may read everything: the test steps down to nobody, which it can only as root. */
const canStepDown = isRoot && spawnSync('setpriv', ['--version']).status === 0

function closedEvidence(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evtxray-closed-'))
  onTestFinished(() => {
    execFileSync('chmod', ['-R', 'u+rwX', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  plant(folder, { 'open.evtx': LOG_HEAD, 'closed.evtx': LOG_HEAD, 'shut/in.evtx': LOG_HEAD, 'shut.bin': 'x' })
  chmodSync(folder, 0o755)
  for (const name of ['closed.evtx', 'shut', 'shut.bin']) chmodSync(join(folder, name), 0)
  return folder
}

function expectClosed(
  folder: string,
  found: { logs: { name: string }[]; refused: { name: string; reason: string }[] },
) {
  expect(found.logs.map((log) => log.name)).toEqual([`${folder}/open.evtx`])
  expect(found.refused).toMatchObject([
    { name: `${folder}/closed.evtx`, state: 'unreadable', reason: expect.stringContaining('run again as root') },
    { name: `${folder}/shut`, state: 'unreadable', reason: expect.stringContaining('could not be listed') },
  ])
}

describe('findEvidence without the permission to read', () => {
  it.skipIf(isRoot)('refuses a closed folder and a closed log, and reads the rest', async () => {
    const folder = closedEvidence()
    const { logs, refused } = await findEvidence([folder])
    expectClosed(folder, { logs: [...logs], refused: [...refused] })
  })

  const built = new URL('../../dist/src/evidence/find-logs.js', import.meta.url)
  it.skipIf(!canStepDown || !existsSync(built))('refuses a closed folder and a closed log, as nobody', () => {
    const folder = closedEvidence()
    const script = `
      const { findEvidence } = await import(process.argv[1])
      process.setgroups([]); process.setgid(65534); process.setuid(65534)
      console.log(JSON.stringify(await findEvidence([process.argv[2]])))`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, built.href, folder])
    expect(run.stderr.toString()).toBe('')
    expectClosed(folder, JSON.parse(run.stdout.toString()))
  })
})

describe('whyUnreadable', () => {
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })

  it('says who may read what is denied', () => {
    expect(whyUnreadable(denied, 'linux')).toBe('access is denied; run again as root')
    expect(whyUnreadable(denied, 'win32')).toBe('access is denied; run again as administrator')
  })

  it('keeps the code of a failure it has no words for', () => {
    expect(whyUnreadable(Object.assign(new Error('x'), { code: 'EWHATEVER' }))).toBe('the system says EWHATEVER')
  })
})
