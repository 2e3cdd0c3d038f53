/**
 * A value with the BinXML type it is written as; a bare string is a UTF-16 string, a bare number an unsigned 32-bit
 * one.
 */
export type DescribedValue =
  | string
  | number
  /** No value: the element that would hold it is left out. */
  | { readonly type: 'null' }
  | { readonly type: 'string' | 'ansi' | 'guid' | 'sid' | 'hex32' | 'hex64' | 'sizeT'; readonly value: string }
  | {
      readonly type: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float' | 'double'
      readonly value: number
    }
  | { readonly type: 'int64' | 'uint64'; readonly value: bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  /** Ticks. */
  | { readonly type: 'filetime'; readonly value: bigint }
  /** ISO text, milliseconds kept. */
  | { readonly type: 'systemtime'; readonly value: string }
  /** Hex digits. */
  | { readonly type: 'binary'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }

/** One `<Data>` or one element of UserData; without a name it is a classic event's insertion string. */
export interface DescribedItem {
  readonly name?: string
  readonly value: DescribedValue
}

/** What an event carries besides its System part. */
export type DescribedPayload =
  /**
   * `<EventData>` with named items (manifest events) or unnamed ones (classic events), and a `<Binary>` where given.
   */
  | { readonly kind: 'eventData'; readonly items: readonly DescribedItem[]; readonly binary?: string }
  /**
   * A classic event as ReportEvent makes it: one string-array value whose strings become unnamed `<Data>`, and
   * `<Binary>` (optional: omitted when there is none).
   */
  | { readonly kind: 'classic'; readonly strings: readonly string[]; readonly binary?: string }
  /** `<UserData><EventXML xmlns='namespace'>…`. */
  | {
      readonly kind: 'userData'
      readonly element: string
      readonly namespace?: string
      readonly items: readonly DescribedItem[]
    }
  | { readonly kind: 'none' }

/** One event as a person describes it: what the writer turns into a record. Fields have the event schema's meaning. */
export interface EventDescription {
  readonly provider: { readonly name: string; readonly guid?: string; readonly eventSourceName?: string }
  readonly eventId: number
  readonly qualifiers?: number
  readonly version?: number
  readonly level?: number
  readonly task?: number
  readonly opcode?: number
  /** Hex text; `0x0` when absent. */
  readonly keywords?: string
  /** ISO text or ticks. */
  readonly timeCreated: string | bigint
  /** EventRecordID; the record's own number when absent. */
  readonly recordId?: number
  readonly activityId?: string
  readonly relatedActivityId?: string
  readonly processId?: number
  readonly threadId?: number
  readonly channel: string
  readonly computer: string
  /** A SID. */
  readonly userId?: string
  readonly payload: DescribedPayload
  /**
   * Where provider and channel stand: among the record's `values`, as Windows writes the events of manifest providers,
   * or as `literal` text of the root template, as it writes classic events and those of its own event log service.
   * Absent: `values` for a provider with a GUID in a channel of its own or in Security, `literal` otherwise.
   */
  readonly names?: 'values' | 'literal'
  /**
   * `template` (default): a template instance, the payload nested as a BinXML value, as Windows writes it.
   * `plain`: a record without template, every value a string, as "save filtered" writes it.
   */
  readonly form?: 'template' | 'plain'
}
