import { CHUNK_SIZE, type Chunk, chunkAt } from '../../src/evtx/chunk.ts'
import type { Dialect } from '../../src/evtx/plan.ts'
import type { RecoverMode } from '../../src/evtx/record.ts'
import { DumpReader } from '../../src/scan/dump-reader.ts'
import { RecordOutput } from '../../src/scan/record-output.ts'

/** How a chunk is read. */
export interface ChunkOptions {
  readonly recover: RecoverMode
  readonly dirty: boolean
}

/** One engine, as `dump` has it. */
interface Side {
  readonly output: RecordOutput
  readonly chunk: Chunk
}

/** Renders chunks by the kernel and by the plain renderer. Plans outlive a chunk, as they do in a run. */
export class KernelComparison {
  /** Records, and chunks that the kernel left to the plain renderer. */
  records = 0
  declined = 0
  readonly #kernel: Side
  readonly #plain: Side

  /** @throws where there is no kernel to compare with */
  constructor(dialect: Dialect) {
    this.#kernel = sideOf(new RecordOutput(dialect))
    this.#plain = sideOf(new RecordOutput(dialect, 'plain'))
    if (this.#kernel.output.engine.name !== 'kernel') throw new Error('WebAssembly is refused: there is no kernel')
  }

  /**
   * Renders one chunk by both.
   *
   * @returns the first difference in words; undefined where there is none
   */
  compare(bytes: Uint8Array, options: ChunkOptions): string | undefined {
    const kernel = this.#render(this.#kernel, bytes, options)
    const plain = this.#render(this.#plain, bytes, options)
    this.records += plain.reading.records
    const [got, wanted] = [JSON.stringify(kernel.reading), JSON.stringify(plain.reading)]
    if (got !== wanted) return `kernel: ${got}\nplain:  ${wanted}`
    return textDifference(kernel.text, plain.text)
  }

  #render({ output, chunk }: Side, bytes: Uint8Array, { recover, dirty }: ChunkOptions) {
    output.clear()
    const reader = new DumpReader({ recover, verify: false, withRecovered: true }, output)
    reader.start('a.evtx')
    chunk.bytes.fill(0)
    chunk.bytes.set(bytes.subarray(0, CHUNK_SIZE))
    reader.readChunk(chunk, 4096, dirty)
    if (output.engine.name === 'kernel' && reader.declined > 0) this.declined++
    return { reading: { ...reader.reading(), rendered: reader.rendered }, text: Buffer.concat(output.parts()) }
  }
}

function sideOf(output: RecordOutput): Side {
  return { output, chunk: chunkAt(output.memory.buffer, output.memory.inputAt) }
}

/** Where two texts part, with what stands around. */
function textDifference(got: Buffer, wanted: Buffer): string | undefined {
  if (got.equals(wanted)) return undefined
  let at = 0
  while (at < got.length && got[at] === wanted[at]) at++
  const around = (text: Buffer) => text.subarray(Math.max(0, at - 120), at + 120).toString()
  return `at byte ${at}\nkernel: ${around(got)}\nplain:  ${around(wanted)}`
}
