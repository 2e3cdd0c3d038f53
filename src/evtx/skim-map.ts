/**
 * Where things stand in the memory of the skim kernel. TypeScript and AssemblyScript both read this file: it keeps to
 * what the two have in common.
 *
 *     from      bytes    what
 *     0x000000  256 KiB  plan of each definition of the chunk at hand, by its offset: plan number, chunk number above it
 *     0x040000  256 KiB  plans
 *     0x080000    8 KiB  heads of the lists of plans with one hash
 *     0x082000    1 KiB  where each value of the record at hand stands
 *     0x082400    3 KiB  refusals: numbers in a payload that make a record of no interest
 *     0x083000    8 KiB  tables of the checksum
 *     0x085000    4 KiB  counts of groups and names
 *     0x086000  104 KiB  records of the chunk at hand that may be wanted
 *     0x0a0000   64 KiB  groups
 *     0x0b0000  128 KiB  names of providers
 *     0x0d0000  256 KiB  bit sets of event ids
 *     0x110000    4 MiB  what definitions must say for a plan or a refusal to hold
 *     0x510000           whatever the caller reads: chunks
 */
export const PLAN_AT = 0x000000
export const PLANS = 0x040000
export const PLAN_LISTS = 0x080000
export const POSITIONS = 0x082000
export const REFUSALS = 0x082400
export const SUM_TABLES = 0x083000
export const COUNTS = 0x085000
export const ROWS = 0x086000
export const GROUPS = 0x0a0000
export const NAMES = 0x0b0000
export const MASKS = 0x0d0000
export const PRINTS = 0x110000
export const PRINTS_END = 0x510000
/** Bytes of all tables, a multiple of WebAssembly's page. */
export const TABLES_SIZE = 0x510000

/** A number of a plan takes the low bits of an entry of `PLAN_AT`; 0 is none. */
export const PLAN_BITS = 12
export const MOST_PLANS = 4096
export const PLAN_SIZE = 64
export const PLAN_DEFINITION_SIZE = 0
/** GUID and size of the definition, mixed. */
export const PLAN_KEY = 4
/** Next plan of the same list, 0 for none. */
export const PLAN_NEXT = 8
/** Address of the definition's print: see `definition-print.ts`. */
export const PLAN_PRINT = 12
export const PLAN_LAST_SLOT = 16
/** A signed slot, as all slots below; -1 for none. */
export const PLAN_DEPENDENCY = 20
export const PLAN_EVENT_ID = 24
export const PLAN_TIME = 28
export const PLAN_RECORD_ID = 32
export const PLAN_PROVIDER = 36
export const PLAN_CHANNEL = 40
export const PLAN_COMPUTER_NUMBER = 44
/** Number of the channel where the template says it literally, else -1. */
export const PLAN_CHANNEL_NUMBER = 48
/** The group of its last record, 0 for none. */
export const PLAN_GROUP = 52
/** The provider of its last record, or the one that the template says literally. */
export const PLAN_NAME = 56
/** Slot of the payload. */
export const PLAN_PAYLOAD = 60
/** Plans that use greater slots than this stay outside. */
export const GREATEST_SLOT = 255

/** Groups that there is room for. */
export const MOST_GROUPS = 128
/** Bytes of a group. */
export const GROUP_SIZE = 512
/** Bytes of its channel's name; -1 where plans say the channel literally. */
export const GROUP_NAME_SIZE = 0
export const GROUP_COMPUTER_NUMBER = 4
export const GROUP_CHANNEL_NUMBER = 8
export const GROUP_RECORDS = 12
/** Least and greatest TimeCreated, least and greatest EventRecordID, TimeCreated of the latter: 64 bits each. */
export const GROUP_FIRST = 16
export const GROUP_LAST = 24
export const GROUP_LOWEST = 32
export const GROUP_HIGHEST = 40
export const GROUP_OF_HIGHEST = 48
export const GROUP_NAME = 64
export const MOST_NAME_BYTES = 432

/** Names of providers that there is room for. */
export const MOST_NAMES = 256
/** Bytes of a name and what belongs to it. */
export const NAME_SIZE = 512
/** Bytes of the name in UTF-16. */
export const NAME_BYTES = 0
/** Address of the event ids that are wanted of this provider, 0 for none. */
export const NAME_MASK = 4
/** Number given by the caller. */
export const NAME_NUMBER = 8
export const NAME_TEXT = 16

/** Sets of event ids that there is room for. */
export const MOST_MASKS = 32
/** Bytes of a set: a bit for each id. */
export const MASK_SIZE = 8192

/** Values of a record at most: as `MAX_SUBSTITUTIONS` in `token.ts`. */
export const MOST_VALUES = 4096

/** Refusals that there is room for. */
export const MOST_REFUSALS = 48
/** Bytes of a refusal. */
export const REFUSAL_SIZE = 64
/** Address of the provider's name. */
export const REFUSAL_NAME = 0
export const REFUSAL_EVENT_ID = 4
/** Slot of the payload in the root. */
export const REFUSAL_PAYLOAD = 8
/** Size of the payload's definition, and the address of its print. */
export const REFUSAL_DEFINITION_SIZE = 12
export const REFUSAL_PRINT = 16
/** Slot of the payload that holds the number, and the one without which it is not there; -1 for none. */
export const REFUSAL_SLOT = 20
export const REFUSAL_DEPENDENCY = 24
/** The chunk in which the definition was compared last, and where it stands there. */
export const REFUSAL_STAMP = 28
export const REFUSAL_AT = 32
/** A bit for each number that is refused. */
export const REFUSAL_NUMBERS = 48

/** Greater numbers cannot be refused: logon types and TLS alerts are smaller. */
export const REFUSED_BELOW = 128

/** Address of how many groups there are. */
export const COUNT_OF_GROUPS = 0x085000
/** Address of how many names there are. */
export const COUNT_OF_NAMES = 0x085004
/** Number of the chunk at hand, shifted to stand above a plan's number. */
export const CHUNK_STAMP = 0x085008
/** Records in `ROWS`. */
export const COUNT_OF_ROWS = 0x08500c
/** Offset of the last record passed. */
export const LAST_RECORD = 0x085010
/** Address of how many refusals there are. */
export const COUNT_OF_REFUSALS = 0x085014

/** Bytes of a row. */
export const ROW_SIZE = 64
/** The record's place, bytes from the chunk's start. */
export const ROW_OFFSET = 0
/** The record's size, bytes. */
export const ROW_RECORD_SIZE = 4
/** Address of its plan. */
export const ROW_PLAN = 8
/** Address of its provider's name. */
export const ROW_NAME = 12
/** Address of its group. */
export const ROW_GROUP = 16
/** Where the descriptors begin, bytes from the chunk's start. */
export const ROW_VALUES = 20
export const ROW_VALUE_COUNT = 24
export const ROW_EVENT_ID = 28
export const ROW_TIME = 32
export const ROW_RECORD_ID = 40
