import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url))
/** Where the corpus lies. */
export const CORPUS = join(SHARED, 'corpus')
const WINDOWS_XML = join(SHARED, 'oracle/windows-xml')
const EVTX_DUMP = join(SHARED, 'oracle/evtx_dump/records.jsonl.gz')

/** Whether the logs and right answers that tests compare with are on this machine; tests that need them skip without. */
export const HAS_CORPUS = existsSync(CORPUS)
export const HAS_WINDOWS_XML = existsSync(WINDOWS_XML)
export const HAS_EVTX_DUMP = HAS_CORPUS && existsSync(EVTX_DUMP)

/** Paths of all logs of the corpus, relative to it, with `/`, sorted; none where it is absent. */
export function corpusLogs(): string[] {
  if (!HAS_CORPUS) return []
  return readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.evtx'))
    .sort()
}

/** Bytes of a log of the corpus. */
export function readCorpus(path: string): Uint8Array {
  return readFileSync(join(CORPUS, path))
}

/** Where the first log of the corpus in a folder lies whose name holds a text. */
export function corpusPath(folder: string, part: string): string {
  const found = corpusLogs().find((path) => path.startsWith(folder) && path.includes(part))
  if (found === undefined) throw new Error(`No log of the corpus in ${folder} is named like ${part}`)
  return join(CORPUS, found)
}

/** A log that Windows exported, and the events of its export in the log's own order. */
export function readWindowsXml(name: string): { readonly log: Uint8Array; readonly events: readonly string[] } {
  const xml = readFileSync(join(WINDOWS_XML, `${name}.xml`), 'utf8').replaceAll('\r\n', '\n')
  // The export adds what the provider's messages say, and begins with the newest event.
  const events = xml.replaceAll(/<RenderingInfo[\s\S]*?<\/RenderingInfo>/g, '').match(/<Event [\s\S]*?<\/Event>/g) ?? []
  return { log: readFileSync(join(WINDOWS_XML, `${name}.evtx`)), events: events.toReversed() }
}

/** What evtx_dump printed for one log. */
export interface DumpedLog {
  readonly file: string
  /** One line for each record. */
  readonly lines: readonly string[]
  readonly errors: number
}

/** Output of evtx_dump by path of the log. */
export function readEvtxDump(): Map<string, DumpedLog> {
  const logs = new Map<string, DumpedLog>()
  let lines: string[] = []
  for (const line of gunzipSync(readFileSync(EVTX_DUMP)).toString().split('\n')) {
    if (line.startsWith('{"file"')) {
      // The header lines are of this shape.
      const { file, errors } = JSON.parse(line) as { file: string; errors: number }
      lines = []
      logs.set(file, { file, lines, errors })
    } else if (line !== '') lines.push(line)
  }
  return logs
}
