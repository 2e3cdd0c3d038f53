import { fstatSync, write } from 'node:fs'
import { promisify } from 'node:util'
import { writeWhole } from './write-whole.ts'

/** The standard streams and what surrounds a run; a test brings its own. */
export interface Terminal {
  /** Opened when it is asked for: that takes a tenth of Node's start. */
  stdin(): AsyncIterable<Uint8Array> & { readonly isTTY?: boolean }
  readonly stdout: ResultStream
  readonly stderr: PeopleStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970. */
  now(): number
}

/** Where results go. */
interface ResultStream {
  readonly isTTY: boolean
  /** A file on a disk: nobody sees it while it is written. */
  readonly isFile: boolean
  /** Cells of a line, when it is a terminal. */
  readonly columns?: number | undefined
  /** Done when the bytes have been taken. Rejects with the system's error: `EPIPE` when the reader has left. */
  write(bytes: Uint8Array): Promise<void>
}

/** Where people are told how it goes; whether they read it changes nothing. */
interface PeopleStream {
  readonly isTTY: boolean
  /** For a progress bar. */
  readonly stream: NodeJS.WritableStream
  write(text: string): void
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process
  // A reader that leaves is answered where the write is awaited; stderr is talk and may fail.
  stdout.on('error', () => {})
  stderr.on('error', () => {})
  const toFile = isFile(1)
  return {
    stdin: () => process.stdin,
    stdout: {
      isTTY: stdout.isTTY === true,
      columns: stdout.columns,
      isFile: toFile,
      write: toFile ? writeToFile : (bytes) => writeToStream(stdout, bytes),
    },
    stderr: { isTTY: stderr.isTTY === true, stream: stderr, write: (text) => void stderr.write(text) },
    env: process.env,
    now: Date.now,
  }
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile()
  } catch {
    return false
  }
}

const writePart = promisify(write)

/** Node's own stream writes a part to a full disk and takes it for the whole. */
function writeToFile(bytes: Uint8Array): Promise<void> {
  return writeWhole(async (part) => (await writePart(1, part)).bytesWritten, bytes)
}

/** Pipes and terminals go through the stream: it never blocks a thread, so that an interruption is answered at once. */
function writeToStream(stream: NodeJS.WritableStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
