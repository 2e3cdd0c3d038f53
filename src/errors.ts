/**
 * What this library throws on purpose. Any other error that escapes is a bug.
 *
 *     EvtxError        root
 *     ├─ InputError    a path could not be opened or read        (path, cause)
 *     ├─ FormatError   bytes contradict the format               (code, offset)
 *     ├─ QueryError    the text of a query cannot be understood  (text, column)
 *     ├─ UsageError    the command line cannot be understood
 *     └─ OutputError   an output could not be written            (path, cause)
 *
 * Messages are for people: what could not be done, on what, why; sentence case, no full stop.
 * Damage inside a log is not thrown past the reader: see `Damage`.
 */
export class EvtxError extends Error {
  override name = 'EvtxError'
}

/** A path could not be opened or read. */
export class InputError extends EvtxError {
  override name = 'InputError'
  readonly path: string
  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options)
    this.path = path
  }
}

/** What a `FormatError` is about; stable, for programs. */
export type FormatErrorCode =
  | 'truncated'
  | 'bad-signature'
  | 'bad-size'
  | 'bad-token'
  | 'bad-name'
  | 'bad-template'
  | 'bad-value'
  | 'too-deep'
  | 'too-many'

/** Bytes contradict the format. Caught by the reader and turned into `Damage`. */
export class FormatError extends EvtxError {
  override name = 'FormatError'
  readonly code: FormatErrorCode
  /** Bytes from the start of the buffer that was being read. */
  readonly offset: number
  constructor(code: FormatErrorCode, offset: number, message: string) {
    super(message)
    this.code = code
    this.offset = offset
  }
}

/** The text of a query, filter or time cannot be understood. */
export class QueryError extends EvtxError {
  override name = 'QueryError'
  readonly text: string
  /** 0-based column where understanding stopped. */
  readonly column: number
  constructor(message: string, text: string, column = 0) {
    super(message)
    this.text = text
    this.column = column
  }
}

/** The command line cannot be understood, or asks for what is refused. */
export class UsageError extends EvtxError {
  override name = 'UsageError'
}

/** An output could not be written. */
export class OutputError extends EvtxError {
  override name = 'OutputError'
  readonly path: string
  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options)
    this.path = path
  }
}

/** What was damaged; stable, for programs. */
export type DamageKind =
  | 'file-header'
  | 'file-size'
  | 'chunk-signature'
  | 'chunk-header-checksum'
  | 'chunk-data-checksum'
  | 'chunk-bounds'
  | 'record-framing'
  | 'record-content'
  | 'hidden-record'
  | 'truncated'
  | 'read-failed'
  | 'hive-header'
  | 'hive-cell'
  | 'hive-log'

/** Something in a log or in a registry hive that could not be read, as a value: everything around it still is. */
export interface Damage {
  readonly kind: DamageKind
  /** Bytes from the start of the file. */
  readonly offset: number
  /** Bytes that were given up; 0 where nothing was lost (a checksum that does not match). */
  readonly length: number
  /** One sentence without full stop: what was being read and what was wrong with it. */
  readonly detail: string
}
