/** A hive that facts are read from. */
export type HiveName = 'SYSTEM' | 'SOFTWARE'

/** What facts are grouped by when they are shown, in that order. */
export const TOPICS = [
  ...(['machine', 'names', 'time', 'remote-desktop', 'listener', 'policy', 'tls', 'certificates', 'keys'] as const),
  ...(['services', 'roles', 'firewall'] as const),
] as const
/** One of `TOPICS`. */
export type Topic = (typeof TOPICS)[number]

/**
 * What a value must be to be understood.
 *
 *     dword     REG_DWORD, unsigned
 *     signed    REG_DWORD that holds a signed number
 *     decimal   REG_SZ that holds a decimal number
 *     text      REG_SZ or REG_EXPAND_SZ
 *     list      REG_MULTI_SZ, or one text with commas
 *     hash      REG_BINARY of 20 bytes, a SHA-1
 *     filetime  REG_BINARY or REG_QWORD of 8 bytes, FILETIME
 */
export type ValueKind = 'dword' | 'signed' | 'decimal' | 'text' | 'list' | 'hash' | 'filetime'

/** Begins a key of the SYSTEM hive that lies in the control set in force (`Select\Current`). */
export const CURRENT_CONTROL_SET = 'CurrentControlSet'

/** A fact that is one registry value. */
export interface RegistryFact<Id extends string = string> {
  readonly id: Id
  readonly topic: Topic
  readonly hive: HiveName
  /** Below the hive's root; `CurrentControlSet\` stands for the control set in force. */
  readonly key: string
  /** Looked at in this order: the first that is there counts. */
  readonly values: readonly [string, ...string[]]
  readonly kind: ValueKind
}

/** The facts of one key: an id each, the kind of its value, and the value's names. */
export function valuesOf<Id extends string>(
  topic: Topic,
  hive: HiveName,
  key: string,
  entries: readonly (readonly [Id, ValueKind, string, ...string[]])[],
): readonly RegistryFact<Id>[] {
  return entries.map(([id, kind, ...values]) => ({ id, topic, hive, key, values, kind }))
}
