import { execFile } from 'node:child_process'
import { promises, statfsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { DescriptorEvidence } from '../facts/access-facts.ts'
import { promptly } from './promptly.ts'
import { errorCode } from './why-unreadable.ts'

/** Milliseconds that a child process may take. */
const TIME_LIMIT_MS = 15_000
/** Bytes of a security descriptor; NTFS keeps none of more than 64 KiB. */
const MOST_BYTES = 262_144
/** Extended attributes that hold a security descriptor: of ntfs-3g, and of the kernel's ntfs3. */
const ATTRIBUTES = ['system.ntfs_acl', 'system.ntfs_security'] as const
/** The environment variable that carries the path to PowerShell, so that no name is ever part of a command. */
const PATH_VARIABLE = 'EVTXRAY_ACL_PATH'
const POWERSHELL = `$ErrorActionPreference = 'Stop'; (Get-Acl -LiteralPath $env:${PATH_VARIABLE}).Sddl`

/** Runs a program without a shell; rejects as `execFile` does, with `stderr` on the error. */
export type RunProgram = (
  file: string,
  args: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly signal?: AbortSignal },
) => Promise<Uint8Array>

/** `f_type` of the file systems that may show NTFS permissions: FUSE (ntfs-3g), ntfs3, and the kernel's old driver. */
const MAY_SHOW_PERMISSIONS: readonly number[] = [0x65735546, 0x7366746e, 0x5346544e]

/** What a test replaces. */
export interface AccessControlOptions {
  readonly signal?: AbortSignal
  readonly run?: RunProgram
  /** As `process.platform`. */
  readonly platform?: string
  /** `f_type` of the file system that a path is on. */
  readonly fileSystem?: (path: string) => Promise<number>
}

/**
 * Reads the security descriptor of a file or folder on a mounted NTFS volume, by a child process with a time limit:
 * `getfattr` on Linux, PowerShell's `Get-Acl` on Windows. Never throws but for an abort: where it cannot be read, the
 * reason is told.
 *
 * @throws the signal's reason when it is aborted
 */
export async function readAccessControl(path: string, options: AccessControlOptions = {}): Promise<DescriptorEvidence> {
  const { signal, run = runProgram, platform = process.platform, fileSystem = typeOfFileSystem } = options
  try {
    if (platform === 'win32') return await readWithPowerShell(resolve(path), run, signal)
    // A child process takes ten times as long as the rest of a small host: none where there is nothing to read.
    if (platform === 'linux' && !MAY_SHOW_PERMISSIONS.includes(await fileSystem(path))) {
      return { state: 'not-collected', reason: NO_PERMISSIONS }
    }
    return await readWithGetfattr(resolve(path), run, signal)
  } catch (error) {
    signal?.throwIfAborted()
    return { state: 'not-collected', reason: whyNot(error, platform) }
  }
}

async function typeOfFileSystem(path: string): Promise<number> {
  const { type } = await promptly(
    () => statfsSync(path),
    () => promises.statfs(path),
  )
  return type
}

const NO_PERMISSIONS = 'Access control was not read: this file system shows no NTFS permissions (ntfs-3g and ntfs3 do)'

async function readWithGetfattr(
  path: string,
  run: RunProgram,
  signal: AbortSignal | undefined,
): Promise<DescriptorEvidence> {
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' }
  let failure: unknown
  for (const attribute of ATTRIBUTES) {
    // Links are not followed; after `--` a name that begins with a dash is a name.
    const args = ['-h', '-n', attribute, '--only-values', '--absolute-names', '--', path]
    try {
      const bytes = await run('getfattr', args, { env, ...(signal && { signal }) })
      if (bytes.length > 0) return { state: 'present', bytes }
    } catch (error) {
      if (!isWithoutAttribute(error)) throw error
      failure = error
    }
  }
  throw failure ?? new Error('getfattr printed nothing')
}

async function readWithPowerShell(
  path: string,
  run: RunProgram,
  signal: AbortSignal | undefined,
): Promise<DescriptorEvidence> {
  const system = process.env.SystemRoot ?? 'C:\\Windows'
  const powershell = join(system, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe')
  const env = { SystemRoot: system, PATH: process.env.PATH ?? '', [PATH_VARIABLE]: path }
  const args = ['-NoProfile', '-NonInteractive', '-Command', POWERSHELL]
  const sddl = Buffer.from(await run(powershell, args, { env, ...(signal && { signal }) })).toString('latin1')
  if (sddl.trim() === '') throw new Error('Get-Acl printed nothing')
  return { state: 'present', sddl: sddl.trim() }
}

const runProgram: RunProgram = (file, args, { env, signal }) =>
  new Promise((done, fail) => {
    const limits = { timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES } as const
    const options = { ...limits, encoding: 'buffer', env, windowsHide: true, ...(signal && { signal }) } as const
    execFile(file, [...args], options, (error, stdout, stderr) => {
      if (error) fail(Object.assign(error, { stderr: stderr.toString('latin1') }))
      else done(stdout)
    })
  })

function said(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  return stderr.trim()
}

/** The file system has no such attribute: another one may be there. */
function isWithoutAttribute(error: unknown): boolean {
  return /operation not supported|no such attribute|no data available|not supported|invalid argument/i.test(said(error))
}

function whyNot(error: unknown, platform: string): string {
  const code = errorCode(error)
  if (code === 'ENOENT') {
    return platform === 'win32'
      ? 'Access control was not read: PowerShell is not there'
      : 'Access control was not read: getfattr is not there (package "attr")'
  }
  if (error instanceof Error && 'killed' in error && error.killed === true) {
    return `Access control was not read within ${TIME_LIMIT_MS / 1000} s`
  }
  if (isWithoutAttribute(error)) {
    return NO_PERMISSIONS
  }
  if (/permission denied|access is denied|unauthorized/i.test(said(error))) {
    return `Access control was not read: run again as ${platform === 'win32' ? 'administrator' : 'root'}`
  }
  return 'Access control was not read: the program that reads it failed'
}
