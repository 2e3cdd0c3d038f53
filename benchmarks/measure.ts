import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

/** One command to time. */
export interface Contender {
  /** How the table calls it. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

/** One run of a command. */
export interface Run {
  /** Wall time, start of the process included. */
  readonly seconds: number
  /** Greatest resident memory; undefined where the system does not tell (only Linux does). */
  readonly peakBytes: number | undefined
}

/** How often the kernel is asked for a process's memory. Its answer is the peak so far, so only the very end is missed. */
const POLL_MS = 10

/**
 * Runs a command with its output to the null device.
 *
 * @throws {Error} it could not be started, or failed; with the end of what it said
 */
function timeCommand({ name, command, args }: Contender): Promise<Run> {
  return new Promise((resolve, reject) => {
    const sink = openSync(process.platform === 'win32' ? 'NUL' : '/dev/null', 'w')
    const started = performance.now()
    const child = spawn(command, args, { stdio: ['ignore', sink, 'pipe'] })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000)
    })
    let peakBytes: number | undefined
    const poll = setInterval(() => {
      peakBytes = peakMemory(child.pid) ?? peakBytes
    }, POLL_MS)
    child.on('error', reject)
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000
      clearInterval(poll)
      closeSync(sink)
      if (code === 0) resolve({ seconds, peakBytes })
      else reject(new Error(`${name} ended with ${code}: ${said}`))
    })
  })
}

function peakMemory(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}

/** What several runs of one command came to. */
export interface Timing {
  readonly name: string
  readonly median: number
  readonly least: number
  readonly greatest: number
  readonly peakBytes: number | undefined
}

/**
 * Times commands against each other: every round runs each of them once, in random order, so that a busy moment of the
 * machine does not fall on one of them alone. A first round warms the page cache and is not counted.
 */
export async function compareCommands(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
  const runs = new Map(contenders.map(({ name }) => [name, [] as Run[]]))
  for (let round = -1; round < rounds; round++) {
    for (const contender of shuffled(contenders)) {
      const run = await timeCommand(contender)
      if (round >= 0) runs.get(contender.name)!.push(run)
    }
  }
  return contenders.map(({ name }) => timingOf(name, runs.get(name)!))
}

function shuffled<Member>(members: readonly Member[]): Member[] {
  return members
    .map((member) => ({ member, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ member }) => member)
}

function timingOf(name: string, runs: readonly Run[]): Timing {
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b)
  const peaks = runs.flatMap(({ peakBytes }) => peakBytes ?? [])
  return {
    name,
    median: seconds[seconds.length >> 1]!,
    least: seconds[0]!,
    greatest: seconds.at(-1)!,
    peakBytes: peaks.length > 0 ? Math.max(...peaks) : undefined,
  }
}
