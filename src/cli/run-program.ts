import { CommanderError } from '@commander-js/extra-typings'
import { UsageError } from '../errors.ts'
import { EXIT } from './exit-codes.ts'
import { type Ending, explain } from './explain.ts'
import { createProgram, type Printed } from './program.ts'
import type { Run } from './run.ts'
import { Interrupted, type Interruption, listenForInterrupts } from './signals.ts'
import { standardOutput } from './standard-output.ts'
import { processTerminal, type Terminal } from './terminal.ts'

/** What surrounds the program; a test replaces it. */
export interface World {
  readonly terminal?: Terminal
  readonly expectShortWork?: Run['expectShortWork']
  readonly interruption?: Interruption
}

/**
 * Runs the command that was typed. Never throws: whatever happens is told on stderr and in the exit code.
 *
 * @returns the exit code
 */
export async function runProgram(args: readonly string[], world: World = {}): Promise<number> {
  const terminal = world.terminal ?? processTerminal()
  const interruption = world.interruption ?? listenForInterrupts(() => tellInterrupted(terminal))
  if (!world.terminal) process.once('uncaughtException', failAtOnce)
  const { signal, settle } = interruption
  const { expectShortWork = () => {} } = world
  const run: Run = { terminal, signal, settle, expectShortWork, args, exitCode: EXIT.done }
  const printed: Printed = { out: '', error: '' }
  try {
    const program = createProgram(run, printed)
    await program.parseAsync(askedFor(args, program), { from: 'user' })
    settle()
  } catch (error) {
    run.exitCode = await end(error, run, printed)
  }
  interruption.end(run.exitCode)
  return run.exitCode
}

/** `help` of a command that is not there is answered as that command would be: with what was meant. */
function askedFor(args: readonly string[], program: ReturnType<typeof createProgram>): readonly string[] {
  const [first, ...others] = args
  const isUnknown = others.length > 0 && !program.commands.some((command) => command.name() === others[0])
  return first === 'help' && isUnknown ? others : args
}

function tellInterrupted(terminal: Terminal): void {
  terminal.stderr.write(explain(new Interrupted(), { verbose: false }).text)
}

/** Node's own answer would be exit code 1, which means a finding. */
function failAtOnce(error: unknown): void {
  process.stderr.write(explain(error, { verbose: true }).text)
  process.exit(EXIT.internal)
}

async function end(error: unknown, run: Run, printed: Printed): Promise<number> {
  const { terminal, signal, args } = run
  const verbose = args.some((arg) => arg === '--verbose' || arg === '-v')
  let ending: Ending
  // Told when it was heard: a run may be ended before it comes here.
  if (signal.aborted) return EXIT.interrupted
  if (!(error instanceof CommanderError)) ending = explain(error, { verbose })
  else if (error.exitCode === 0) ending = await printHelp(printed.out, run, verbose)
  else if (error.code === 'commander.help') ending = { exitCode: EXIT.usage, text: printed.error }
  else ending = explain(new UsageError(worded(error)), { verbose, hint: hintFor(args) })
  terminal.stderr.write(ending.text)
  return ending.exitCode
}

/** `--help` and `--version`: commander has made the text, and it goes out like any other result. */
async function printHelp(text: string, run: Run, verbose: boolean): Promise<Ending> {
  try {
    await standardOutput(run.terminal)(Buffer.from(text))
    return { exitCode: EXIT.done, text: '' }
  } catch (error) {
    return explain(error, { verbose })
  }
}

/** Commander's own words, as one line of ours. */
function worded(error: CommanderError): string {
  return error.message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)/, '; did you mean $1?')
    .replace(/^./, (letter) => letter.toUpperCase())
}

function hintFor(args: readonly string[]): string {
  const command = args.find((arg) => /^(analyze|timeline|dump|info|facts|verify|scenarios)$/.test(arg))
  return `"evtxray ${command ? `${command} ` : ''}--help" shows what there is.`
}
