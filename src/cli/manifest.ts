import type { Analysis, Input } from '../finding/analysis.ts'
import type { HiveInput } from './hive-inputs.ts'
import type { KeyFileInput } from './key-file-inputs.ts'
import type { WrittenFile } from './result-folder.ts'

/** Its name in a result folder. */
export const MANIFEST = 'manifest.json'

/** What `manifest.json` says: all that changes between two runs on the same input stands here and nowhere else. */
export interface Manifest {
  readonly tool: Analysis['tool']
  /** As typed, without node and script. */
  readonly arguments: readonly string[]
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
  /** The folder in which the command was given, from the result folder, with `/`: what names of inputs go from. */
  readonly inputsFrom: string
  /** Logs, then hives, then key files that are or are not there; named as typed. */
  readonly inputs: readonly ((Input | HiveInput | KeyFileInput) & { readonly sha256?: string })[]
  readonly outputs: readonly (WrittenFile & { readonly guardedCells?: number; readonly cutCells?: number })[]
}

/** The manifest as it is written: two blanks a level, a newline at the end. */
export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

/** A file that a manifest vouches for. */
export interface Vouched {
  readonly file: string
  /** Bytes; 0 of one that was not there. */
  readonly size: number
  /** It was looked for, and was not there. */
  readonly absent?: true
  /** It was there, and nobody looked into it: a private key. */
  readonly unread?: true
  /** Absent where none was made: `--hash none`, or a file that could not be read. */
  readonly sha256?: string
}

/** What `verify` needs of a manifest. */
export interface ReadManifest {
  readonly tool?: string
  readonly arguments: readonly string[]
  readonly startedAt?: string
  readonly finishedAt?: string
  readonly inputsFrom?: string
  readonly inputs: readonly Vouched[]
  readonly outputs: readonly Vouched[]
}

/**
 * Reads a manifest that may have been changed by anybody.
 *
 * @returns undefined when it is none: no JSON, or lists of files that are none
 */
export function parseManifest(text: string): ReadManifest | undefined {
  const document = asRecord(parseJson(text))
  const inputs = vouchedFiles(document?.inputs)
  const outputs = vouchedFiles(document?.outputs)
  if (!document || !inputs || !outputs) return undefined
  const { name, version } = asRecord(document.tool) ?? {}
  const { arguments: typed, startedAt, finishedAt, inputsFrom } = document
  return {
    ...(typeof name === 'string' && typeof version === 'string' && { tool: `${name} ${version}` }),
    arguments: Array.isArray(typed) ? typed.filter((each) => typeof each === 'string') : [],
    ...(typeof startedAt === 'string' && { startedAt }),
    ...(typeof finishedAt === 'string' && { finishedAt }),
    ...(typeof inputsFrom === 'string' && { inputsFrom }),
    inputs,
    outputs,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  // Every object can be asked for any name.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
}

function vouchedFiles(list: unknown): readonly Vouched[] | undefined {
  if (!Array.isArray(list)) return undefined
  const files: Vouched[] = []
  for (const each of list) {
    const { kind, file, size, sha256, state } = asRecord(each) ?? {}
    if (typeof file === 'string' && state === 'absent') {
      files.push({ file, size: 0, absent: true })
      continue
    }
    if (typeof file !== 'string' || typeof size !== 'number') return undefined
    if (sha256 !== undefined && (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256))) return undefined
    const unread = kind === 'key-file' && sha256 === undefined
    files.push({ file, size, ...(unread && { unread }), ...(sha256 !== undefined && { sha256: sha256.toLowerCase() }) })
  }
  return files
}
