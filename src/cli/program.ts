import { Command } from '@commander-js/extra-typings'
import { toolVersion } from '../version.ts'
import { analyzeCommand } from './command-analyze.ts'
import { dumpCommand } from './command-dump.ts'
import { factsCommand } from './command-facts.ts'
import { infoCommand } from './command-info.ts'
import { scenariosCommand } from './command-scenarios.ts'
import { timelineCommand } from './command-timeline.ts'
import { verifyCommand } from './command-verify.ts'
import type { Run } from './run.ts'

const EXIT_CODES = `
Exit codes:
  0 done    1 done, a finding at or above --fail-on    2 wrong command line
  3 no event log found    4 some input unread; verify: not as it was
  5 output not written    70 an error of ours    130 interrupted

Examples:
  evtxray analyze F:                      the verdict on a mounted Windows disk
  evtxray analyze logs -o result          with files for a ticket and a spreadsheet
  evtxray timeline F: --since 2026-03-13 -o timeline.csv
`

/** What commander prints, in order. */
export interface Printed {
  out: string
  error: string
}

/** All commands. Their work is loaded when one of them is run, so that `--help` and `--version` answer at once. */
export function createProgram(run: Run, printed: Printed) {
  const program = new Command('evtxray')
    .description('Reads Windows event logs from a dead machine and says why nobody can log on over RDP.')
    .version(toolVersion(), '--version', 'the version')
    .addHelpText('after', EXIT_CODES)
    .addCommand(analyzeCommand(run))
    .addCommand(timelineCommand(run))
    .addCommand(dumpCommand(run))
    .addCommand(infoCommand(run))
    .addCommand(factsCommand(run))
    .addCommand(verifyCommand(run))
    .addCommand(scenariosCommand(run))
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => {
          printed.out += text
        },
        writeErr: (text) => {
          printed.error += text
        },
        // What is wrong is told in one place, by `explain`.
        outputError: () => {},
        getOutHelpWidth: () => run.terminal.stdout.columns ?? 80,
        getErrHelpWidth: () => 80,
      })
  }
  return program
}
