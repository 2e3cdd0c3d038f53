import type { PlaceOptions } from './output-place.ts'
import type { Run } from './run.ts'
import type { Terminal } from './terminal.ts'

/** Where a command's results go. */
export interface Target extends PlaceOptions {
  /** As typed; undefined and `-` are standard output. */
  readonly output: string | undefined
  readonly terminal: Terminal
  readonly signal: AbortSignal
  /** See `Interruption`: called just before a file gets its name. */
  readonly settle: () => void
}

/**
 * Where the results of a run go, by what was asked for.
 *
 * @param terminal that of the run, or one that makes way for it
 */
export function targetOf(
  options: { readonly output?: string | undefined; readonly force?: boolean | undefined },
  { signal, settle }: Run,
  terminal: Terminal,
  evidence: PlaceOptions['evidence'],
): Target {
  return { output: options.output, terminal, signal, settle, force: options.force === true, evidence }
}
