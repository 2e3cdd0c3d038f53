import { shortNames } from './short-name.ts'

/** The log's short name by file; the file's whole name where two logs would share the short one. */
export function logNames(files: readonly string[]): ReadonlyMap<string, string> {
  const distinct = [...new Set(files)]
  const short = distinct.map(logName)
  const counts = new Map<string, number>()
  for (const name of short) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(distinct.map((file, index) => [file, counts.get(short[index]!) === 1 ? short[index]! : file]))
}

/** `RemoteConnectionManager` of `…/Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx`. */
function logName(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  return shortNames(base.replace(/\.evtx$/i, '').replace('%4', '/')).replace(/\/Operational$/, '')
}
