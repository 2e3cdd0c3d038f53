import { UsageError } from '../errors.ts'
import { goesToFile } from './standard-output.ts'

/** What a file is taken for by the end of its name. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  csv: ['csv'],
  htm: ['html'],
  html: ['html'],
  json: ['json', 'jsonl'],
  jsonl: ['jsonl'],
  md: ['markdown'],
  ndjson: ['jsonl'],
  parquet: ['parquet'],
  xml: ['xml'],
}

/** Endings of what no command writes: spreadsheets, documents, archives, databases, logs. */
const FOREIGN = new Set(
  [
    ['xlsx', 'xlsm', 'xlsb', 'xls', 'ods', 'numbers', 'tsv', 'tab', 'doc', 'docx', 'odt', 'rtf', 'pdf', 'yaml', 'yml'],
    ['zip', '7z', 'rar', 'tar', 'tgz', 'gz', 'bz2', 'xz', 'zst', 'lz4', 'br'],
    ['db', 'db3', 'sqlite', 'sqlite3', 'duckdb', 'mdb', 'accdb', 'avro', 'orc', 'arrow', 'feather', 'plaso'],
    ['evtx', 'evt', 'etl'],
  ].flat(),
)

/**
 * The format that the name of an output promises; undefined where it promises none.
 *
 * @param formats that the command can write
 * @throws {UsageError} it promises another: nobody wants one thing under the name of another, unless `--format` says so
 */
export function formatOfEnding<Format extends string>(
  command: string,
  output: string | undefined,
  formats: readonly Format[],
): Format | undefined {
  if (!goesToFile(output)) return undefined
  const ending = (/\.([a-z0-9]+)$/i.exec(output)?.[1] ?? '').toLowerCase()
  const known = FOREIGN.has(ending) ? [ending] : undefined
  const promised = Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : known
  if (promised === undefined) return undefined
  const format = formats.find((each) => promised.includes(each))
  if (format !== undefined) return format
  throw new UsageError(
    `${command} does not write ${promised[0]}, which the name "${output}" promises: expected ${formats.join(', ')} ` +
      '(or give --format with any name)',
  )
}
