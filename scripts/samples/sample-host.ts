import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import type { EventDraft } from './event-draft.ts'
import { type Machine, type Processes, startProcesses } from './machine.ts'
import { MILLISECOND, type Stroll, strollFrom } from './moment.ts'
import { type Random, random } from './random.ts'

/** Where its logs lie on a Windows volume. */
const LOG_FOLDER = 'Windows/System32/winevt/Logs'

/** One log of a host: its events in the order of their records. */
export interface SampleLog {
  /** Below the host's folder, with `/` between. */
  readonly path: string
  readonly events: readonly EventDescription[]
  /** EventRecordID of the first event. */
  readonly firstRecordId: number
  /** The service had no time to close it. */
  readonly dirty: boolean
  /** 3.1, or 3.2 as builds from 19041 on write it. */
  readonly minorVersion: 1 | 2
}

export interface HostOptions {
  /** Names the host's folder, and seeds every choice that is made for it. */
  readonly name: string
  readonly machine: Machine
  /** Channels whose logs exist and are empty. */
  readonly emptyChannels?: readonly string[]
  /** Channels that happened but whose logs were not copied. */
  readonly missingChannels?: readonly string[]
  /** All its logs were open when the disk was taken. */
  readonly dirty?: boolean
}

interface Placed {
  /** Orders the records: the moment by a clock that nobody moves. */
  readonly order: bigint
  readonly event: EventDescription
}

/**
 * A machine whose story is being told: what happened when, sorted into logs at the end.
 * Times given to it are true times; the clock of the machine may be off from some moment on.
 */
export class SampleHost {
  readonly name: string
  readonly random: Random
  machine: Machine
  /** Those of the boot that runs. */
  processes: Processes
  /** Start of the boot that runs; ticks. */
  bootTime = 0n
  readonly #options: HostOptions
  readonly #placed: Placed[] = []
  #offsets: { readonly from: bigint; readonly ticks: bigint }[] = []

  constructor(options: HostOptions) {
    this.#options = options
    this.name = options.name
    this.machine = options.machine
    this.random = random(options.name)
    this.processes = startProcesses(this.random)
  }

  /** Something happens. `writtenAt` moves its record within the log, where a log's order is not that of time. */
  at(time: bigint, draft: EventDraft, writtenAt = time): void {
    const processId = draft.processId
    const threadId = processId ? processId + this.random.integer(1, 300) * 4 : undefined
    const event: EventDescription = {
      ...(threadId !== undefined && { threadId }),
      ...draft,
      timeCreated: this.#stampOf(time, draft),
      computer: this.machine.computer,
    }
    this.#placed.push({ order: writtenAt, event })
  }

  /** From `time` on the machine's clock is off by `ticks`. */
  moveClock(time: bigint, ticks: bigint): void {
    this.#offsets = [...this.#offsets, { from: time, ticks }]
  }

  /** What the machine's clock shows at a true time. */
  clockAt(time: bigint): bigint {
    return time + (this.#offsets.findLast((offset) => offset.from <= time)?.ticks ?? 0n)
  }

  stroll(from: bigint): Stroll {
    return strollFrom(from, this.random)
  }

  /** Starts another boot: new process ids, and moments count from here. */
  beginBoot(time: bigint): void {
    this.processes = startProcesses(this.random)
    this.bootTime = time
  }

  /** All that happened, whatever the channel, in the order of the records. */
  events(): EventDescription[] {
    // Sorting is stable: what happens in one moment keeps the order in which it was told.
    return this.#placed
      .toSorted((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
      .map(({ event }) => event)
  }

  /** What its clock shows when the last thing happens. */
  lastMoment(): bigint {
    return this.clockAt(this.#placed.reduce((latest, { order }) => (order > latest ? order : latest), 0n))
  }

  /** The host's logs, by path; record numbers begin somewhere, as on a machine that has run for months. */
  logs(): SampleLog[] {
    const { emptyChannels = [], missingChannels = [], dirty = false } = this.#options
    const byChannel = new Map<string, EventDescription[]>(emptyChannels.map((channel) => [channel, []]))
    for (const event of this.events()) {
      const others = byChannel.get(event.channel)
      if (others) others.push(event)
      else byChannel.set(event.channel, [event])
    }
    return [...byChannel]
      .filter(([channel]) => !missingChannels.includes(channel))
      .map(([channel, told]) => {
        const firstRecordId = firstRecordIdOf(channel, random(`${this.name} ${channel}`))
        const events = told.map((event, i) => ({ ...event, recordId: firstRecordId + i }))
        const path = `${LOG_FOLDER}/${channel.replaceAll('/', '%4')}.evtx`
        const minorVersion = this.machine.build.build < 19_041 ? 1 : 2
        return { path, events, firstRecordId, dirty, minorVersion } as const
      })
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /**
   * Stories are told in milliseconds, stamps are finer: the rest is made up from the moment. 2008 R2 stamps classic events
   * with whole seconds and all others with its clock's interrupt, 1/64 s.
   */
  #stampOf(time: bigint, draft: EventDraft): bigint {
    const shown = this.clockAt(time)
    if (this.machine.build.build > 9200) {
      return shown % MILLISECOND === 0n ? shown + (((shown / MILLISECOND) * 7_919n) % MILLISECOND) : shown
    }
    const step = draft.payload.kind === 'classic' ? 10_000_000n : 156_250n
    return shown - (shown % step)
  }
}

/** Logs that fill fast have high numbers. */
function firstRecordIdOf(channel: string, choices: Random): number {
  if (channel === 'Security') return choices.integer(180_000, 2_400_000)
  if (channel === 'System') return choices.integer(3_000, 90_000)
  if (channel === 'Application') return choices.integer(2_000, 40_000)
  return choices.integer(1, 30_000)
}
