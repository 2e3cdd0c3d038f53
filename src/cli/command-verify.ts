import { availableParallelism } from 'node:os'
import { Command } from '@commander-js/extra-typings'
import { EXIT } from './exit-codes.ts'
import { choiceOf, threadsOption } from './options.ts'
import type { Run } from './run.ts'
import { standardOutput } from './standard-output.ts'

const FORMATS = ['text', 'json'] as const

/** `evtxray verify`. */
export function verifyCommand(run: Run) {
  return new Command('verify')
    .argument('<folder>', 'a folder that analyze -o wrote')
    .summary('a result folder against its inputs: do the hashes still hold?')
    .description(
      'Holds every output and every input against the sizes and SHA-256 hashes in manifest.json, and tells what changed, ' +
        'is missing, or is in the folder without being in the manifest. Inputs are looked for from the folder that the ' +
        'manifest names, as it lies from here, then from the current one. Exit code 0 when all hold, else 4.',
    )
    .option('--inputs <folder>', 'where the inputs are now, when they are not where they were')
    .option('--format <format>', 'text or json (default: text)', choiceOf('--format', FORMATS))
    .addOption(threadsOption())
    .option('--no-progress', 'no progress bar')
    .option('-q, --quiet', 'nothing but the exit code and errors')
    .action(async (folder, options) => {
      const { verifyFolder } = await import('./verify-folder.ts')
      const { holds, renderVerification, renderVerificationJson } = await import('./verify-page.ts')
      const { showProgress } = await import('./progress.ts')
      const bar = showProgress(run.terminal, options.progress && !options.quiet)
      run.signal.addEventListener('abort', bar.stop, { once: true })
      try {
        const onBytes = (bytesDone: number, bytes: number): void =>
          bar.update({ files: 1, filesDone: 0, bytes, bytesDone, current: 'SHA-256' })
        const { inputs, threads = availableParallelism() } = options
        const where = inputs === undefined ? {} : { inputs }
        const verification = await verifyFolder(folder, { ...where, threads, onBytes }, run.signal)
        bar.stop()
        const text = options.format === 'json' ? renderVerificationJson(verification) : renderVerification(verification)
        if (!options.quiet) await standardOutput(run.terminal)(Buffer.from(text))
        run.exitCode = holds(verification) ? EXIT.done : EXIT.unread
      } finally {
        bar.stop()
      }
    })
}
