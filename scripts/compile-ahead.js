/**
 * Runs the usual questions once, and keeps what V8 made of the program meanwhile: the last step of the build. See
 * `docs/decisions/0019-compiled-ahead.md`.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { load, keepCompiled } = createRequire(import.meta.url)('../bin/load.js')

const SAMPLES = 'samples'
const write = async () => {}
const terminal = {
  stdin: () => [],
  stdout: { isTTY: false, isFile: false, write },
  stderr: { isTTY: false, stream: process.stderr, write: () => {} },
  env: {},
  now: Date.now,
}

const folder = mkdtempSync(join(tmpdir(), 'evtxray-build-'))
const questions = [
  ['--version'],
  ['analyze', SAMPLES],
  ['analyze', SAMPLES, '-o', join(folder, 'report')],
  ['dump', '--threads', '1', SAMPLES],
  ['dump', '--threads', '1', '--format', 'xml', SAMPLES],
  ['timeline', '--threads', '1', SAMPLES],
  ['timeline', '--threads', '2', SAMPLES],
]

try {
  const { main } = load('main.cjs')
  // Samples are made by the program: without them there is nothing to ask about yet.
  for (const question of existsSync(SAMPLES) ? questions : []) {
    const exitCode = await main(question, { terminal })
    if (exitCode !== 0) throw new Error(`evtxray ${question.join(' ')} ended with ${exitCode}`)
  }
  // Otherwise loaded by workers only.
  load('lane.cjs')
  keepCompiled()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
