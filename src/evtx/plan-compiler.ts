import { planEvtxDump } from './evtx-dump-plan.ts'
import type { FragmentNode } from './fragment.ts'
import { planJson } from './json-plan.ts'
import { type Dialect, REFUSED } from './plan.ts'
import type { PlanMemory } from './plan-memory.ts'
import { PlanWriter, Refusal } from './plan-writer.ts'
import { planXml } from './xml-plan.ts'

/** Writes the ops of a definition, and returns the flags of the plan's head. Throws `Refusal`. */
type PlanDialect = (nodes: readonly FragmentNode[], writer: PlanWriter) => number

const DIALECTS: Readonly<Record<Dialect, PlanDialect>> = { xml: planXml, json: planJson, evtx_dump: planEvtxDump }

/** A plan in memory. */
export interface Compiled {
  /** The plan, or `REFUSED`. */
  readonly head: number
  /** Where the next one may stand. */
  readonly end: number
}

/** There is no room for another plan. */
export const NO_ROOM = undefined

/** Compiles a definition to memory at `at`, a multiple of 16. */
export function compilePlan(
  nodes: readonly FragmentNode[],
  dialect: Dialect,
  memory: PlanMemory,
  at: number,
): Compiled | typeof NO_ROOM {
  const writer = new PlanWriter()
  try {
    countNodes(nodes, writer)
    const flags = DIALECTS[dialect](nodes, writer)
    const end = writer.finish(memory, at, flags)
    return end === 0 ? NO_ROOM : { head: at, end }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { head: REFUSED, end: at }
  }
}

/** Counts what the tree would be made of: see `PlanWriter.count`. */
function countNodes(nodes: readonly FragmentNode[], writer: PlanWriter): void {
  for (const node of nodes) {
    if (node.kind !== 'element') {
      writer.count(2, node.kind === 'slot' ? 0 : node.text.length)
      continue
    }
    writer.count(1, node.name.length)
    for (const { name, parts } of node.attributes) {
      writer.count(1, name.length)
      countNodes(parts, writer)
    }
    countNodes(node.children, writer)
  }
}
