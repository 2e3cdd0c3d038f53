import type { Damage } from '../errors.ts'
import { slotKind, verifyChunkData } from '../evtx/chunk.ts'
import { OPEN_GATE } from '../evtx/gate.ts'
import type { Group } from '../evtx/group.ts'
import type { RecoverMode } from '../evtx/record.ts'
import { Scanner } from '../evtx/scanner.ts'
import { type Range, readChunks } from './chunk-reader.ts'
import { type OpeningFacts, openingFacts, placed } from './opening-facts.ts'
import { checksumDamage, DAMAGE_KEPT } from './scan-task.ts'

/** Ranges of logs whose health is asked for. */
export interface HealthTask {
  readonly ranges: readonly Range[]
  readonly recover: RecoverMode
  readonly verify: boolean
}

/** The health of one range. */
export interface RangeHealth {
  readonly facts: OpeningFacts | undefined
  readonly chunksUsed: number
  readonly chunksEmpty: number
  readonly chunksDamaged: number
  readonly records: number
  readonly recovered: number
  readonly damaged: number
  readonly groups: readonly Group[]
  readonly providers: readonly string[]
  readonly damage: readonly Damage[]
  readonly failure?: string
}

/** Looks at every chunk and every record's System fields in a task's ranges. */
export async function healthTask(task: HealthTask): Promise<RangeHealth[]> {
  const healths: RangeHealth[] = []
  for (const range of task.ranges) healths.push(await rangeHealth(range, task))
  return healths
}

async function rangeHealth(range: Range, task: HealthTask): Promise<RangeHealth> {
  const damage: Damage[] = []
  const hurt = new Set<number>()
  const providers = new Set<number>()
  let chunkAt = 0
  const onDamage = (found: Damage) => {
    hurt.add(chunkAt)
    if (damage.length < DAMAGE_KEPT) damage.push(found)
  }
  const scanner = new Scanner(OPEN_GATE, { onMatch: ({ provider }) => providers.add(provider), onDamage })
  let facts: OpeningFacts | undefined
  let used = 0
  let empty = 0
  let failure: string | undefined
  try {
    const opening = await openingFacts(range.path)
    facts = opening
    const here = placed(range, opening)
    if (opening.damage && here.start === opening.firstChunk) damage.push(opening.damage)
    await readChunks(
      here,
      (chunk, fileOffset) => {
        chunkAt = fileOffset
        if (slotKind(chunk) === 'unused') {
          empty++
          return
        }
        used++
        if (task.verify && !verifyChunkData(chunk)) onDamage(checksumDamage(fileOffset))
        scanner.scanChunk(chunk, fileOffset, { recover: task.recover, dirty: opening.dirty })
      },
      onDamage,
    )
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error
    failure = error instanceof Error ? error.message : String(error)
  }
  return {
    facts,
    chunksUsed: used,
    chunksEmpty: empty,
    chunksDamaged: hurt.size,
    records: scanner.records,
    recovered: scanner.recovered,
    damaged: scanner.damaged,
    groups: scanner.groups.all(),
    providers: [...providers].map((provider) => scanner.names.texts[provider]!),
    damage,
    ...(failure !== undefined && { failure }),
  }
}
