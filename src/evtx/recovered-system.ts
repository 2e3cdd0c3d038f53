import { type Damage, FormatError } from '../errors.ts'
import type { Chunk } from './chunk.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { Origin, PlainSystem } from './plain-system.ts'
import { type Frame, recoverRecord } from './recover-record.ts'
import type { ScannedRecord } from './scanned-record.ts'
import { TemplateCache } from './template.ts'

/** Whose a recovered record is. */
export interface RecoveredOrigin extends Origin {
  /** False where its template is lost, which alone names the computer. */
  readonly isWhole: boolean
}

/**
 * Reads the System fields of records that are recovered: decoded whole, as that alone tells whether they are records.
 */
export class RecoveredSystem {
  readonly #plain: PlainSystem
  /** Of the chunk at hand; made when the first is met. */
  #templates: TemplateCache | undefined

  /** @param plain knows the names */
  constructor(plain: PlainSystem) {
    this.#plain = plain
  }

  /** Forgets the definitions of the chunk before. */
  startChunk(): void {
    this.#templates = undefined
  }

  /**
   * Fills in EventID, TimeCreated, EventRecordID and Level.
   *
   * @returns `copy` for one in unused space that repeats a live record of its log; an error where it is no record
   */
  read(
    chunk: Chunk,
    frame: Frame,
    into: ScannedRecord,
    elsewhere: Elsewhere | undefined,
  ): RecoveredOrigin | 'copy' | FormatError {
    this.#templates ??= new TemplateCache()
    try {
      const { system, template } = recoverRecord(chunk, frame, { templates: this.#templates, elsewhere })
      if (frame.recovery === 'slack' && elsewhere?.isLive(chunk, frame.offset, frame.size)) return 'copy'
      const origin = this.#plain.take(system, into)
      if (origin !== undefined) return { ...origin, isWhole: template !== 'root-map' }
      return new FormatError('bad-value', frame.offset, 'It has no EventID, TimeCreated or EventRecordID')
    } catch (error) {
      if (error instanceof FormatError) return error
      throw error
    }
  }
}

/** Damage for a record that a scan cannot read. */
export function lostRecord(fileOffset: number, { offset, size }: Frame, error: FormatError): Damage {
  const detail = `A record cannot be read: ${error.message} (at 0x${(fileOffset + error.offset).toString(16)})`
  return { kind: 'record-content', offset: fileOffset + offset, length: size, detail }
}
