import { Readable, Writable } from 'node:stream'
import type { World } from '../../src/cli/run-program.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

/** A terminal that remembers what was written to it. */
export interface FakeTerminal extends Terminal {
  out(): string
  error(): string
}

export function fakeTerminal(
  options: {
    readonly isTTY?: boolean
    readonly stdin?: readonly Uint8Array[]
    readonly env?: Readonly<Record<string, string>>
    readonly write?: (bytes: Uint8Array) => Promise<void>
  } = {},
): FakeTerminal {
  const out: Uint8Array[] = []
  let error = ''
  const isTTY = options.isTTY ?? false
  const take = async (bytes: Uint8Array): Promise<void> => {
    out.push(Uint8Array.from(bytes))
  }
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      error += String(chunk)
      done()
    },
  })
  return {
    stdin: () => Readable.from(options.stdin ?? []),
    stdout: { isTTY, isFile: false, write: options.write ?? take },
    stderr: { isTTY, stream, write: (text) => void stream.write(text) },
    env: options.env ?? {},
    now: () => Date.UTC(2026, 2, 14, 12),
    out: () => Buffer.concat(out).toString(),
    error: () => error,
  }
}

/** A world for `main` that nobody interrupts. */
export function worldOf(terminal: Terminal): World {
  return { terminal, interruption: { signal: new AbortController().signal, settle: () => {}, end: () => {} } }
}
