import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The program as a user starts it. */
export const BINARY = fileURLToPath(new URL('../../bin/evtxray.js', import.meta.url))
/** False before `npm run build`: tests of the binary skip. */
export const isBuilt = existsSync(new URL('../../dist/app/main.cjs', import.meta.url))
/** False before `npm run samples`. */
export const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url))
export const hasSamples = existsSync(SAMPLES)

/** How a process ended. */
export interface Ended {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined
  readonly out: string
  readonly error: string
}

/** Starts the program; its output is gathered by `ended`. */
export function start(args: readonly string[], options: { readonly cwd?: string } = {}): ChildProcess {
  // Whatever language the machine speaks that the tests run on.
  const env = { ...process.env, LC_ALL: 'C' }
  return spawn(process.execPath, [BINARY, ...args], { stdio: 'pipe', env, ...options })
}

/** Waits until the process has ended and all its output has come. */
export function ended(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = []
  const error: Buffer[] = []
  child.stdout?.on('data', (data: Buffer) => out.push(data))
  child.stderr?.on('data', (data: Buffer) => error.push(data))
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code: code ?? undefined, out: Buffer.concat(out).toString(), error: Buffer.concat(error).toString() })
    })
  })
}

/** Runs the program to its end, with nothing on standard input. */
export function run(...args: string[]): Promise<Ended> {
  const child = start(args)
  child.stdin?.end()
  return ended(child)
}
