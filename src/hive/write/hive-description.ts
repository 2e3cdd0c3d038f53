/**
 * Data of a value; a bare string is REG_SZ, number REG_DWORD, bigint REG_QWORD, list of strings REG_MULTI_SZ, bytes
 * REG_BINARY.
 */
export type ValueDescription =
  | string
  | number
  | bigint
  | readonly string[]
  | Uint8Array
  | { readonly type: 'sz' | 'expandSz' | 'link'; readonly value: string }
  | { readonly type: 'multiSz'; readonly value: readonly string[] }
  | { readonly type: 'dword' | 'dwordBigEndian'; readonly value: number }
  | { readonly type: 'qword'; readonly value: bigint }
  /** Data as they are, of a type by name or by number. */
  | { readonly type: RawType | number; readonly value: Uint8Array }

/** Value types whose data are described as bytes. */
export type RawType = 'none' | 'binary' | 'resourceList' | 'fullResourceDescriptor' | 'resourceRequirementsList'

/** Things by name; an iterable of pairs where there are more than memory should hold at once. */
export type ByName<T> = Readonly<Record<string, T>> | Iterable<readonly [string, T]>

/** One key as a person describes it. */
export interface KeyDescription {
  /** ISO text or FILETIME ticks; that of the key above when absent. */
  readonly lastWrite?: string | bigint
  readonly className?: string
  /** Who may do what with it: a self-relative security descriptor; that of the key above when absent. */
  readonly security?: Uint8Array
  /** In the order they get; '' is the default value. */
  readonly values?: ByName<ValueDescription>
  /** In any order: a hive sorts them. */
  readonly keys?: ByName<KeyDescription>
}

/** A hive as a person describes it: its root key, and what its first block says. */
export interface HiveDescription extends KeyDescription {
  /** ISO text or FILETIME ticks; also what keys have that say nothing. */
  readonly lastWrite: string | bigint
  /** Of keys that say nothing, too; SYSTEM alone, with all rights, when absent. */
  readonly security?: Uint8Array
  /** Name of the root key; `ROOT` when absent. */
  readonly rootName?: string
  /** 5 when absent. Version 1.3 has no big data, and fast leaves in the place of hash leaves. */
  readonly minorVersion?: 3 | 4 | 5 | 6
  /** Both sequence numbers; 1 when absent. */
  readonly sequence?: number
  /** What the first block says the file is called, up to 31 characters; '' when absent. */
  readonly fileName?: string
  /** Kind of the lists of subkeys; what the version writes when absent. */
  readonly lists?: 'li' | 'lf' | 'lh'
  /** Subkeys from which on a list is divided; 507 when absent. */
  readonly leafSize?: number
}

/** The pairs of things by name. */
export function pairsOf<T>(things: ByName<T>): Iterable<readonly [string, T]> {
  return isIterable(things) ? things : Object.entries(things)
}

function isIterable<T>(things: ByName<T>): things is Iterable<readonly [string, T]> {
  return Symbol.iterator in things
}
