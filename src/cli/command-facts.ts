import { Command, Option } from '@commander-js/extra-typings'
import { UsageError } from '../errors.ts'
import type { Collection, EvidenceRoot } from '../evidence/collection.ts'
import { isLogName } from '../evidence/recognise.ts'
import type { MachineFacts } from '../facts/machine-facts.ts'
import { EXIT } from './exit-codes.ts'
import { formatOfEnding } from './format-of-ending.ts'
import { unreadHives } from './hive-inputs.ts'
import { unreadKeyFolders } from './key-file-inputs.ts'
import { languageOf } from './language.ts'
import { choiceOf, languageOption } from './options.ts'
import { COLOR_CHOICES, isColored, painted } from './paint.ts'
import type { Run } from './run.ts'
import { targetOf } from './target.ts'

const FORMATS = ['text', 'json'] as const
/** Where a terminal does not tell its width. */
const USUAL_WIDTH = 80

/** `evtxray facts`. */
export function factsCommand(run: Run) {
  return new Command('facts')
    .argument('<path>', "the root of a Windows volume, a collector's folder or zip, or a folder with hives")
    .summary('what the registry hives and key files say')
    .description(
      'Lists what the registry hives, certificates and key files beside the logs say about Remote Desktop, ' +
        'each with its state (present, absent, not collected, unreadable), its source and its last write.',
    )
    .optionsGroup('Output:')
    .option('-o, --output <path>', 'write there; - is standard output')
    .option('--force', 'replace an output that exists')
    .addOption(new Option('--color <when>', 'auto, always or never').argParser(choiceOf('--color', COLOR_CHOICES)))
    .addOption(languageOption())
    .option('--format <format>', 'text or json (default: by the name of -o, else text)', choiceOf('--format', FORMATS))
    .optionsGroup('Telling how it goes:')
    .option('-q, --quiet', 'results and errors only')
    .option('-v, --verbose', 'tell what was chosen and why')
    .action(async (path, options) => {
      if (path === '-')
        throw new UsageError('Facts are read from hives and folders: standard input (-) cannot hold them')
      const format = options.format ?? formatOfEnding('facts', options.output, FORMATS)
      const { talkTo } = await import('./talk.ts')
      const { tell, note: onNote } = talkTo(run.terminal, options)
      const { findEvidence } = await import('../evidence/find-logs.ts')
      const collection = await findEvidence([path], { signal: run.signal, onNote, hivesAlone: true })
      const { passedLines, unreadLines } = await import('./summary.ts')
      const machines = await readMachines(collection, run.signal)
      if (machines.length === 0) {
        tell(`evtxray: no registry hive and no folder of keys found in "${path}"`)
        for (const line of passedLines(collection)) tell(line)
        const closed = collection.refused.filter(({ state }) => state === 'unreadable')
        for (const line of unreadLines(closed)) tell(line)
        run.exitCode = closed.length > 0 ? EXIT.unread : EXIT.nothing
        return
      }
      const hosts = machines.map(({ root, facts }) => ({ host: hostOf(root, facts), facts: facts.all }))
      const { terminal } = run
      const target = targetOf(options, run, terminal, { paths: [path], collection })
      const { writeTo } = await import('./output.ts')
      await writeTo(target, async (write) => {
        if (format === 'json') {
          const { renderFactsJson } = await import('../report/facts-json.ts')
          return write(Buffer.from(renderFactsJson(hosts)))
        }
        const { loadLanguage } = await import('../report/language/languages.ts')
        const { renderFactsText } = await import('../report/facts-text.ts')
        const { unpainted } = await import('../report/paint.ts')
        const { goesToFile } = await import('./standard-output.ts')
        const colored = isColored(options.color ?? 'auto', terminal) && !goesToFile(options.output)
        const language = await loadLanguage(languageOf(options.lang, terminal))
        const width = terminal.stdout.columns ?? USUAL_WIDTH
        return write(Buffer.from(renderFactsText(hosts, { width, paint: colored ? painted : unpainted, language })))
      })
      const unread = [
        ...closedToFacts(collection),
        ...machines.flatMap(({ facts }) => unreadHives(facts.all)),
        ...unreadKeyFolders(collection),
      ]
      if (!options.quiet) for (const line of passedLines(collection)) tell(line)
      for (const line of unreadLines(unread)) tell(line)
      run.exitCode = unread.length > 0 ? EXIT.unread : EXIT.done
    })
}

/** Folders that may hold a volume; of a volume itself, its hives and key folders say what is closed. */
function closedToFacts({ refused, roots }: Collection): Collection['refused'] {
  return refused.filter(({ name, state, root }) => {
    return state === 'unreadable' && !isLogName(name) && roots[root]?.kind === 'loose'
  })
}

/** The machines whose hives or key folders there are, with what they say. */
async function readMachines(collection: Collection, signal: AbortSignal) {
  const { machineFacts } = await import('../scan/machine-facts.ts')
  const machines: { readonly root: EvidenceRoot; readonly facts: MachineFacts }[] = []
  for (const root of collection.roots) {
    const { machine } = root
    const parts = machine ? [...machine.hives, ...machine.keyFolders] : []
    if (!machine || !parts.some(({ state }) => state === 'present' || state === 'unreadable')) continue
    machines.push({ root, facts: await machineFacts(machine, { signal }) })
  }
  return machines
}

/** As `analyze` names it: the volume's label, else the computer's own name. */
function hostOf(root: EvidenceRoot, facts: MachineFacts): string {
  return root.label || (facts.text('name.host') ?? facts.text('name.computer') ?? root.path)
}
