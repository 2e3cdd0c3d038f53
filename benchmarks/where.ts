import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ours } from './contenders.ts'

/** What V8 writes with `--cpu-prof`, as far as it is used. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Parts of a run, by what a sample says of itself; the first that fits. */
const PARTS: readonly (readonly [string, (name: string, url: string) => boolean])[] = [
  ['kernels (WebAssembly)', (name, url) => url.startsWith('wasm') || /^wasm-|[wW]asmWrapper|-to-wasm/.test(name)],
  ['reading', (name) => name === 'read'],
  ['writing', (name) => /^write(Buffer|String)?$/.test(name)],
  ['garbage collector', (name) => name === '(garbage collector)'],
  ['waiting', (name) => name === '(idle)' || name === 'atomicsWaitLoop' || name === 'waitForRoom'],
  ['ours (JavaScript)', (_, url) => url.includes('/dist/app/')],
  ['Node and its start', () => true],
]

/** Where the time of a run goes: the thread that the program starts in, by V8's own profile. Lines of a table in Markdown. */
export function whereTimeGoes(title: string, ...args: string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'evtxray-profile-'))
  try {
    const { command, args: all } = ours('', ...args)
    execFileSync(command, ['--cpu-prof', '--cpu-prof-interval', '500', '--cpu-prof-dir', folder, ...all], {
      stdio: ['ignore', 'ignore', 'inherit'],
      maxBuffer: 1e6,
    })
    const [first] = readdirSync(folder).sort()
    // V8's format is as declared above.
    const profile = JSON.parse(readFileSync(join(folder, first!), 'utf8')) as Profile
    return [`### ${title}`, '', '| part | ms | share |', '|---|---|---|', ...rowsOf(profile)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowsOf({ nodes, samples, timeDeltas }: Profile): string[] {
  const partOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => [
      id,
      PARTS.findIndex(([, fits]) => fits(functionName, url)),
    ]),
  )
  const micros = PARTS.map(() => 0)
  samples.forEach((sample, index) => {
    micros[partOf.get(sample)!]! += timeDeltas[index]!
  })
  const total = micros.reduce((sum, part) => sum + part, 0)
  return PARTS.map(([name], part) => {
    return `| ${name} | ${(micros[part]! / 1000).toFixed(0)} | ${((100 * micros[part]!) / total).toFixed(0)} % |`
  })
}
