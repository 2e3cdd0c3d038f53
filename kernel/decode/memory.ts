import * as map from '../../src/evtx/decode-map'

/**
 * The memory map. All of it is set aside once; nothing is allocated and nothing grows. The output stands last, so that what
 * runs over its end traps instead of overwriting: the caller catches the trap and decodes that chunk another way.
 *
 *     from       bytes    what stands there
 *     0x000000  104 Ki    left to the compiler
 *     0x01a000    3 Ki    ESCAPES: for each way of writing text 128 entries, a length and up to 7 bytes
 *     0x01b000   256      ANSI: the characters of the bytes 0x80 to 0xff in Windows-1252, two bytes each
 *     0x01b100   10       ENTITIES: the characters that XML has names for, two bytes each: < > & " '
 *     0x01c000    8 Ki    CRC_TABLES: eight tables of 256 words
 *     0x01e000   16       DAY: the date that was written last
 *     0x01f000    4 Ki    MARKS: positions of JSON objects that are open; rows: KEY, what a group is known by
 *     0x020000   32 Ki    NAME_MAP: names by their offset in the chunk
 *     0x028000   16 Ki    TEMPLATE_MAP: templates by the offset of their definition
 *     0x02c000   16 Ki    MEMBERS: rows: where each member stands, while those of one name are put together
 *     0x030000  512 Ki    MEMBERS_TEXT: rows: the members as they were written
 *     0x0b0000  448 Ki    free
 *     0x120000  512 Ki    SLOTS: the values of the instances that are open, 8 bytes each
 *     0x1a0000  512 Ki    NAMES: the chunk's names in UTF-8
 *     0x220000   96 Ki    NODES: a fragment, parsed
 *     0x238000   32 Ki    ROW_TEXTS: what JavaScript says of rows, see `src/evtx/decode-map.ts`
 *     0x240000  128 Ki    SCRATCH_PLAN: rows: the plan of a fragment without a template
 *     0x260000   64 Ki    TAKEN: member names of the objects that are open, while JSON is made of nodes
 *     0x270000   64 Ki    BUCKETS: templates by the hash of their first words
 *     0x280000   60 Ki    REFERENCES: names outside of the definition that is being compiled
 *     0x290000  8.0 Mi    PLANS: templates and their plans, until there is no room
 *     0xa90000  448 Ki    GROUPS: rows: what many of them have in common
 *     0xb00000  6.1 Mi    the plain renderer's
 *     0x1120000   1 Mi    input: room for sixteen chunks, and 64 KiB that may be read past its end
 *     0x1230000   8 Mi    output, to the end
 */
export const ESCAPES: usize = 0x1a000
export const ANSI: usize = 0x1b000
export const ENTITIES: usize = 0x1b100
export const CRC_TABLES: usize = 0x1c000
export const DAY: usize = 0x1e000
export const MARKS: usize = 0x1f000
export const MARKS_END: usize = 0x20000
export const KEY: usize = 0x1f000
export const NAME_MAP: usize = 0x20000
export const NAME_MAP_END: usize = 0x28000
export const TEMPLATE_MAP: usize = 0x28000
export const TEMPLATE_MAP_END: usize = 0x2c000
export const MEMBERS: usize = 0x2c000
export const MEMBERS_END: usize = 0x30000
export const MEMBERS_TEXT: usize = 0x30000
export const MEMBERS_TEXT_END: usize = 0xb0000
export const SLOTS: usize = 0x120000
export const SLOTS_END: usize = 0x1a0000
export const NAMES: usize = 0x1a0000
export const NAMES_END: usize = 0x220000
export const NODES: usize = 0x220000
export const ROW_TEXTS: usize = map.ROW_TEXTS_AT
export const SCRATCH_PLAN: usize = 0x240000
export const SCRATCH_PLAN_END: usize = 0x260000
export const TAKEN: usize = 0x260000
export const TAKEN_END: usize = 0x270000
export const BUCKETS: usize = 0x270000
export const BUCKETS_END: usize = 0x280000
export const REFERENCES: usize = 0x280000
export const REFERENCES_END: usize = 0x28f000
export const PLANS: usize = 0x290000
export const PLANS_END: usize = 0xa90000
export const GROUPS: usize = 0xa90000
export const GROUPS_END: usize = 0xb00000
export const MEMORY_END: usize = map.DECODE_MEMORY_SIZE

/** The next multiple of 16. */
// @ts-ignore: decorator
@inline
export function aligned(address: usize): usize {
  return (address + 15) & ~15
}

/** Spreads offsets over a map of so many entries, a power of two. */
// @ts-ignore: decorator
@inline
export function placeOf(offset: u32, entries: u32): u32 {
  return (offset * 0x9e3779b1) >> (32 - ctz<u32>(entries))
}
