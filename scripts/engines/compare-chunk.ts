import { FormatError } from '../../src/errors.ts'
import { type Chunk, slotKind } from '../../src/evtx/chunk.ts'
import { readRecordElement } from '../../src/evtx/element.ts'
import { toJson } from '../../src/evtx/json.ts'
import { renderEvtxDumpJson } from '../../src/evtx/json-evtx-dump.ts'
import { PlainRenderer } from '../../src/evtx/plain-renderer.ts'
import type { Dialect } from '../../src/evtx/plan.ts'
import { layOut, MEMORY_SIZE } from '../../src/evtx/plan-memory.ts'
import { walkRecords } from '../../src/evtx/record.ts'
import { REFUSAL } from '../../src/evtx/run-xml.ts'
import { TemplateCache } from '../../src/evtx/template.ts'
import { renderXml } from '../../src/evtx/xml.ts'

/** What comparing came to, for each dialect. */
export interface Tally {
  records: number
  /** Records that plans refused and the tree rendered; and those that are damage. */
  refused: number
  damaged: number
}

const DIALECTS: readonly Dialect[] = ['xml', 'json', 'evtx_dump']

/**
 * Renders every record of chunks by plans and by the tree, in each dialect. Plans outlive a chunk, as they do in a run; what
 * the tree knows does not, so that it says what the chunk alone says.
 */
export class EngineComparison {
  readonly tallies = new Map<Dialect, Tally>(
    DIALECTS.map((dialect) => [dialect, { records: 0, refused: 0, damaged: 0 }]),
  )
  readonly #engines = DIALECTS.map((dialect) => ({
    dialect,
    renderer: new PlainRenderer(layOut(new ArrayBuffer(MEMORY_SIZE)), dialect),
  }))

  /** Returns the first difference in words; undefined where there is none. */
  compare(chunk: Chunk, onRefused?: (dialect: Dialect, offset: number, text: string) => void): string | undefined {
    const kind = slotKind(chunk)
    if (kind === 'unused') return undefined
    const templates = new TemplateCache()
    for (const { renderer } of this.#engines) renderer.startChunk(chunk)
    let difference: string | undefined
    const options = { recover: 'slack', headerless: kind === 'headerless', dirty: true } as const
    walkRecords(
      chunk,
      options,
      (offset, size) => {
        const element = treeOf(chunk, offset, size, templates)
        for (const { dialect, renderer } of this.#engines) {
          const tally = this.tallies.get(dialect)!
          tally.records++
          const { outputAt, bytes } = renderer.memory
          const end = renderer.render(offset, size, outputAt)
          if (element === undefined) tally.damaged++
          const wanted = element && textOf(element, dialect)
          if (end === REFUSAL) {
            if (wanted === undefined) continue
            tally.refused++
            onRefused?.(dialect, offset, wanted)
            continue
          }
          const got = Buffer.from(bytes.buffer, outputAt, end - outputAt)
          if (wanted !== undefined && got.equals(Buffer.from(wanted))) continue
          difference ??= `${dialect} at 0x${offset.toString(16)}:\nplan: ${got}\ntree: ${wanted ?? 'damage'}`
        }
      },
      () => {},
    )
    return difference
  }
}

function treeOf(chunk: Chunk, offset: number, size: number, templates: TemplateCache) {
  try {
    return readRecordElement(chunk, offset, size, templates)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function textOf(element: ReturnType<typeof readRecordElement>, dialect: Dialect): string {
  if (dialect === 'xml') return renderXml(element)
  if (dialect === 'evtx_dump') return renderEvtxDumpJson(element)
  // The members alone, as the renderer writes them.
  const object = JSON.stringify(toJson(element)).slice(1, -1)
  return object === '' ? '' : `,${object}`
}
