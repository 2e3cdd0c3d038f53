import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SAMPLES } from './run-binary.ts'

/** All sample logs, in one order. */
export function sampleLogs(): { readonly path: string; readonly bytes: Uint8Array }[] {
  return readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.evtx'))
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(SAMPLES, path)) }))
}
