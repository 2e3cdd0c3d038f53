import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Contender } from './measure.ts'

/** The project, from `dist/benchmarks/`. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CLI = join(ROOT, 'bin/evtxray.js')

/** A run of ours. */
export function ours(name: string, ...args: string[]): Contender {
  return { name: `evtxray ${name}`, command: process.execPath, args: [CLI, ...args, '--quiet'] }
}

/** The same where WebAssembly is given no memory to speak of: the plain renderer does it all. */
export function oursWithoutKernel(name: string, ...args: string[]): Contender {
  const { command, args: usual } = ours(name, ...args)
  return { name: `evtxray ${name}`, command, args: ['--wasm-max-mem-pages=32', ...usual] }
}

/** A run of the native parser; only where `has('evtx_dump')`. */
export function evtxDump(format: 'xml' | 'jsonl', threads: number, path: string): Contender {
  return {
    name: `evtx_dump ${format}, ${counted(threads)}`,
    command: 'evtx_dump',
    args: ['-t', String(threads), '-o', format, path],
  }
}

/** `1 thread`, `2 threads`. */
export function counted(threads: number): string {
  return `${threads} thread${threads === 1 ? '' : 's'}`
}

/** True when a command is on the PATH. */
export function has(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What a peer says of its version. */
export function version(command: string): string {
  const flag = command === 'evtxexport' ? '-V' : '--version'
  const out = shell(`${command} ${flag} 2>&1 | head -1`).trim()
  return out.replace('EVTX Parser', 'evtx_dump')
}

/** Records that we count in a log. */
function recordsOf(path: string): number {
  const told = shell(`"$2" "$3" analyze "$1" --quiet --stats 2>&1 >/dev/null`, path, process.execPath, CLI)
  return Number(/records=(\d+)/.exec(told)?.[1])
}

/**
 * Every contender must read the same records, else the times mean nothing.
 *
 * @throws {Error} they do not
 */
export function assertCounts(path: string): number {
  const mine = recordsOf(path)
  if (!has('evtx_dump')) return mine
  const theirs = Number(shell(`evtx_dump -t 2 -o jsonl "$1" | grep -c '^{'`, path))
  if (theirs !== mine) throw new Error(`evtx_dump reads ${theirs} records of ${path}, we ${mine}`)
  return mine
}

function shell(script: string, ...args: string[]): string {
  return execFileSync('sh', ['-c', script, 'sh', ...args], { maxBuffer: 1e6 }).toString()
}
