import { EvtxError, InputError, OutputError, QueryError, UsageError } from '../errors.ts'
import { plain } from '../report/plain.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { ClosedPipe } from './output-failure.ts'
import { Interrupted } from './signals.ts'

/** How a run that threw ends. */
export interface Ending {
  readonly exitCode: ExitCode
  /** For stderr, each ended by a newline; empty when nothing is to be said. */
  readonly text: string
}

/**
 * What a person is told about an error, and the code that a script gets.
 *
 * @param options.verbose with the stack of an error that is ours
 * @param options.hint what to try after a wrong command line
 */
export function explain(error: unknown, options: { readonly verbose: boolean; readonly hint?: string }): Ending {
  if (error instanceof ClosedPipe) return { exitCode: EXIT.done, text: '' }
  if (error instanceof Interrupted) return { exitCode: EXIT.interrupted, text: 'evtxray: interrupted\n' }
  if (error instanceof OutputError) return { exitCode: EXIT.output, text: line(error) }
  if (error instanceof UsageError || error instanceof QueryError) {
    return { exitCode: EXIT.usage, text: line(error) + (options.hint ? `${options.hint}\n` : '') }
  }
  if (error instanceof InputError) return { exitCode: EXIT.usage, text: line(error) }
  // A FormatError belongs to the reader: one that comes this far is a mistake of ours too.
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const kind = error instanceof EvtxError ? 'an unexpected error' : 'an error of its own'
  const stack = error instanceof Error && options.verbose ? `${error.stack}\n` : ''
  const more = options.verbose ? '' : ' Run it again with --verbose to see where.'
  return { exitCode: EXIT.internal, text: `evtxray: ${kind}: ${plain(what)}\nThis should not happen.${more}\n${stack}` }
}

function line(error: Error): string {
  return `evtxray: ${plain(error.message)}\n`
}
