import { DECODE_MEMORY_SIZE, INPUT_AT, OUTPUT_AT, PLAIN_PLANS_AT, PLAIN_SLOTS_AT } from '../evtx/decode-map.ts'
import { Decoder, type RenderRecord } from '../evtx/decoder.ts'
import type { Dialect } from '../evtx/plan.ts'
import { layOut, MEMORY_SIZE, type PlanMemory } from '../evtx/plan-memory.ts'
import { alignedBuffer } from './aligned-buffer.ts'

/** Who renders: the kernel, with the plain renderer for what it leaves over, or the plain renderer alone. */
export interface Engine {
  readonly name: 'kernel' | 'plain'
  /** Of both. */
  readonly memory: PlanMemory
  /** The kernel. */
  readonly decoder?: Decoder
}

/**
 * The engine to ask for where nothing speaks against the kernel: with `EVTXRAY_ENGINE=plain` in the environment the
 * plain one.
 */
export function preferredEngine(): Engine['name'] {
  return process.env.EVTXRAY_ENGINE === 'plain' ? 'plain' : 'kernel'
}

/**
 * Starts the engine that is wanted. Where WebAssembly memory is refused (it reserves much address space) that is the
 * plain one, whatever is wanted.
 *
 * @param renderRecord takes one record that the kernel leaves over
 */
export function startEngine(dialect: Dialect, wanted: Engine['name'], renderRecord: RenderRecord): Engine {
  const kernel = wanted === 'kernel' ? startKernel(dialect, renderRecord) : undefined
  if (kernel !== undefined) return kernel
  const { buffer, start } = alignedBuffer(MEMORY_SIZE)
  return { name: 'plain', memory: layOut(buffer, start) }
}

function startKernel(dialect: Dialect, renderRecord: RenderRecord): Engine | undefined {
  const { memory } = alignedBuffer(DECODE_MEMORY_SIZE)
  if (memory === undefined) return undefined
  try {
    const decoder = new Decoder(memory, dialect, { renderRecord })
    return { name: 'kernel', memory: layOutKernel(memory.buffer), decoder }
  } catch {
    // A processor without vectors, or a system that allows no code to be made.
    return undefined
  }
}

/** The plain renderer in the kernel's memory: input and output are the same. */
function layOutKernel(buffer: ArrayBuffer): PlanMemory {
  return {
    ...layOut(buffer),
    inputAt: INPUT_AT,
    slotsAt: PLAIN_SLOTS_AT,
    slotsEnd: PLAIN_PLANS_AT,
    plansAt: PLAIN_PLANS_AT,
    plansEnd: INPUT_AT,
    outputAt: OUTPUT_AT,
    outputEnd: DECODE_MEMORY_SIZE,
  }
}
