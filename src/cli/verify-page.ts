import { english } from '../report/language/en.ts'
import { voiceOf } from '../report/language/voice.ts'
import { plain } from '../report/plain.ts'
import { renderCount, renderSize } from '../report/quantity.ts'
import type { FileState, Verification, VerifiedFile } from './verify-folder.ts'

const voice = voiceOf(english)

const STATES: readonly FileState[] = ['holds', 'changed', 'missing', 'unreadable', 'unchecked', 'extra']
/** States that contradict the manifest, or leave it open whether they do. */
const FAILURES: readonly FileState[] = ['changed', 'missing', 'unreadable']
/** Files that are named one by one although they hold. */
const SHOWN_HOLDING = 20

/** True when every file that the manifest vouches for is there and, where it has a hash, the same. */
export function holds({ manifest, files }: Verification): boolean {
  return manifest !== undefined && !files.some(({ state }) => FAILURES.includes(state))
}

/** A table of counts, each file that does not hold with what differs, and the outcome as a sentence. */
export function renderVerification(verification: Verification): string {
  const { folder, manifest, manifestSha256, lookedIn, files } = verification
  if (!manifest)
    return `${plain(folder)}\n  manifest.json is no manifest: it cannot be read, and vouches for nothing.\n`
  const { tool, arguments: typed, startedAt, finishedAt } = manifest
  const holding = files.filter(({ state }) => state === 'holds')
  const shown = holding.length <= SHOWN_HOLDING ? files : files.filter(({ state }) => state !== 'holds')
  const blocks = [
    [
      plain(folder),
      `  made by    ${plain(tool ?? 'nobody knows')}`,
      `  as         evtxray ${plain(typed.join(' '))}`,
      `  from       ${plain(startedAt ?? '?')} to ${plain(finishedAt ?? '?')}`,
      `  manifest   ${manifestSha256}`,
      ...lookedIn.map((place, i) => `  ${(i === 0 ? 'inputs' : 'then').padEnd(11)}looked for in ${plain(place)}`),
    ],
    countLines(files),
    shown.flatMap(fileLines),
    outcomeLines(verification),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function countLines(files: readonly VerifiedFile[]): readonly string[] {
  const cell = (text: string): string => text.padStart(12)
  const used = STATES.filter((state) => state === 'holds' || files.some((file) => file.state === state))
  const row = (kind: VerifiedFile['kind']): string => {
    const mine = files.filter((file) => file.kind === kind)
    const counts = used.map((state) => mine.filter((file) => file.state === state).length)
    return `${kind}s`.padEnd(8) + counts.map((count) => cell(count === 0 ? '–' : renderCount(count, voice))).join('')
  }
  return [' '.repeat(8) + used.map(cell).join(''), row('output'), row('input')]
}

function fileLines({ kind, state, file, foundAt, expected, observed, reason }: VerifiedFile): readonly string[] {
  const size = observed ?? expected
  const named = `${state.padEnd(11)}${kind.padEnd(7)} ${plain(file)}`
  const below: string[] = []
  if (foundAt !== undefined) below.push(`found as ${plain(foundAt)}`)
  if (reason !== undefined) below.push(plain(reason))
  if (expected && observed && expected.size !== observed.size) {
    below.push(`now ${renderCount(observed.size, voice)} bytes, then ${renderCount(expected.size, voice)}`)
  } else if (expected && state === 'changed') below.push(`now  ${observed?.sha256}`, `then ${expected?.sha256}`)
  const told = state === 'holds' && size ? `${named}, ${renderSize(size.size, voice)}` : named
  return [told, ...below.map((line) => `           ${line}`)]
}

function outcomeLines(verification: Verification): readonly string[] {
  const { files } = verification
  if (files.length === 0) return ['The manifest names no file.']
  const failed = files.filter(({ state }) => FAILURES.includes(state))
  const inputs = files.filter(({ kind }) => kind === 'input')
  const lost = inputs.filter(({ state }) => state === 'missing')
  const hint =
    lost.length > 0
      ? ['Inputs are looked for by the names they were given, in the places above: --inputs DIR looks below another.']
      : []
  if (failed.length > 0) return [`${files_(failed.length)} not hold.`, ...hint]
  const unchecked = files.filter(({ state }) => state === 'unchecked').length
  const rest = unchecked > 0 ? ` ${renderCount(unchecked, voice)} could be checked by size only, or not at all.` : ''
  return [`Everything that has a hash holds.${rest}`]
}

function files_(count: number): string {
  return count === 1 ? '1 file does' : `${renderCount(count, voice)} files do`
}

/** The same for programs. */
export function renderVerificationJson(verification: Verification): string {
  const { folder, manifestSha256, manifest, lookedIn, files } = verification
  const document = {
    folder,
    holds: holds(verification),
    manifest: manifest && {
      tool: manifest.tool,
      arguments: manifest.arguments,
      startedAt: manifest.startedAt,
      finishedAt: manifest.finishedAt,
    },
    manifestSha256,
    lookedIn,
    files: files.map(({ kind, file, state, foundAt, reason, expected, observed }) => {
      const of = (bytes: typeof expected) => bytes && { size: bytes.size, sha256: bytes.sha256 }
      return { kind, file, state, foundAt, reason, expected: of(expected), observed: of(observed) }
    }),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}
