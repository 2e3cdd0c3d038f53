/**
 * Where the decoding kernel's memory is shared: this side reads chunks to it and writes text from it. The kernel's own
 * part stands in front, see `kernel/decode/memory.ts`, which reads this file too. In bytes from the memory's start.
 */

/**
 * What the kernel is told of the rows of a timeline: fixed texts, each a length (u32) and up to 60 bytes, then what is
 * of the log and chunk at hand. Of our own JSON it is told the place of the chunk, and the text before the offset in
 * `_meta`.
 *
 *     offset  size  field
 *          0    64  stands before the time
 *         64    64  between event id and record id
 *        128    64  between record id and fields
 *        192    64  behind the fields, still said of the event
 *        256    64  ends a row
 *        320     8  place of the chunk in the log, a double
 *        328     4  position of the log's name
 *        332     4  position of what is shared with other rows
 *        336     4  length of the text between the fields and the offset, and the text, up to 8,192 bytes
 */
export const ROW_TEXTS_AT = 0x238000
export const ROW_BEFORE_RECORD_ID = 64
export const ROW_BEFORE_FIELDS = 128
export const ROW_BEHIND_FIELDS = 192
export const ROW_END = 256
export const ROW_CHUNK_PLACE = 320
export const ROW_FILE = 328
export const ROW_SHARED = 332
export const ROW_BEFORE_OFFSET = 336
/** Bytes of the longest text above. */
export const MAX_ROW_PLACE = 8_192
/** Bytes of what a group of rows has in common. */
export const MAX_GROUP_TEXT = 4_096

/** The plain renderer's own part, for what the kernel leaves to it: slots, then plans. */
export const PLAIN_SLOTS_AT = 0xb00000
export const PLAIN_PLANS_AT = 0xb20000
/** Room for sixteen chunks, and 64 KiB behind them that may be read, but say nothing. */
export const INPUT_AT = 0x1120000
/** Text, to the end of the memory: what would run over it traps. */
export const OUTPUT_AT = 0x1230000
/** All of it. */
export const DECODE_MEMORY_SIZE = 0x1a30000
