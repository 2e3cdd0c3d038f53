/**
 * Offsets and sizes of EVTX and BinXML: the tables stand with the readers in `src/evtx/` (`chunk.ts`, `record.ts`, `name.ts`,
 * `template.ts`, `instance.ts`, `fragment.ts`).
 */
export const CHUNK_SIZE: u32 = 65_536
export const CHUNK_HEADER_SIZE: u32 = 512
/** "ElfChnk\0". */
export const CHUNK_SIGNATURE: u64 = 0x006b6e6843666c45
export const CHUNK_FREE_SPACE: u32 = 48
export const CHUNK_FLAGS: u32 = 120
export const CHUNK_FLAG_NO_CHECKSUM: u32 = 4
export const CHUNK_HEADER_CHECKSUM: u32 = 124
/** The header checksum is over the bytes up to the flags and those from the first list on. */
export const CHUNK_CHECKSUM_END: u32 = 120
export const CHUNK_LISTS: u32 = 128

export const RECORD_SIGNATURE: u32 = 0x2a2a
export const RECORD_SIZE: u32 = 4
export const RECORD_ID: u32 = 8
export const RECORD_WRITTEN: u32 = 16
export const RECORD_BIN_XML: u32 = 24
export const RECORD_TRAILER: u32 = 4
export const MIN_RECORD_SIZE: u32 = 40
/** A fragment header as a word. */
export const FRAGMENT_START: u32 = 0x0001010f

export const NAME_HASH: u32 = 4
export const NAME_LENGTH: u32 = 6
export const NAME_TEXT: u32 = 8
export const NAME_OVERHEAD: u32 = 10
export const MAX_NAME_LENGTH: u32 = 512
export const NAME_HASH_FACTOR: u32 = 65_599

export const DEFINITION_GUID: u32 = 4
export const DEFINITION_BODY_SIZE: u32 = 20
export const DEFINITION_HEADER_SIZE: u32 = 24

export const INSTANCE_TEMPLATE_ID: u32 = 2
export const INSTANCE_DEFINITION: u32 = 6
export const INSTANCE_COUNT: u32 = 10
export const INSTANCE_HEADER_SIZE: u32 = 14
export const DESCRIPTOR_SIZE: u32 = 4
/** Size below, type above; the last byte says nothing. */
export const DESCRIPTOR_MASK: u32 = 0xffffff
/** As in `src/evtx/token.ts`. */
export const MAX_SUBSTITUTIONS: u32 = 4_096

/* Tokens; bit 0x40 says that more follows. */
export const END_OF_FRAGMENT: u32 = 0x00
export const OPEN_ELEMENT: u32 = 0x01
export const CLOSE_START_ELEMENT: u32 = 0x02
export const CLOSE_EMPTY_ELEMENT: u32 = 0x03
export const END_ELEMENT: u32 = 0x04
export const VALUE: u32 = 0x05
export const ATTRIBUTE: u32 = 0x06
export const CHARACTER_REFERENCE: u32 = 0x08
export const ENTITY_REFERENCE: u32 = 0x09
export const TEMPLATE_INSTANCE: u32 = 0x0c
export const NORMAL_SUBSTITUTION: u32 = 0x0d
export const OPTIONAL_SUBSTITUTION: u32 = 0x0e
export const FRAGMENT_HEADER: u32 = 0x0f
export const MORE: u32 = 0x40
export const FRAGMENT_HEADER_SIZE: u32 = 4
export const NO_DEPENDENCY: u32 = 0xffff

/* Value types. */
export const NULL_TYPE: u32 = 0x00
export const STRING_TYPE: u32 = 0x01
export const ANSI_STRING_TYPE: u32 = 0x02
export const INT8_TYPE: u32 = 0x03
export const UINT8_TYPE: u32 = 0x04
export const INT16_TYPE: u32 = 0x05
export const UINT16_TYPE: u32 = 0x06
export const INT32_TYPE: u32 = 0x07
export const UINT32_TYPE: u32 = 0x08
export const INT64_TYPE: u32 = 0x09
export const UINT64_TYPE: u32 = 0x0a
export const REAL32_TYPE: u32 = 0x0b
export const REAL64_TYPE: u32 = 0x0c
export const BOOL_TYPE: u32 = 0x0d
export const GUID_TYPE: u32 = 0x0f
export const SIZE_T_TYPE: u32 = 0x10
export const FILETIME_TYPE: u32 = 0x11
export const SYSTEMTIME_TYPE: u32 = 0x12
export const SID_TYPE: u32 = 0x13
export const HEX_INT32_TYPE: u32 = 0x14
export const HEX_INT64_TYPE: u32 = 0x15
export const EVT_HANDLE_TYPE: u32 = 0x20
export const BIN_XML_TYPE: u32 = 0x21
export const EVT_XML_TYPE: u32 = 0x23
export const ARRAY_FLAG: u32 = 0x80
