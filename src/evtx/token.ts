/** BinXML tokens (MS-EVEN6 2.2.12). Bit 0x40 says that more follows: attributes of an element, or more of the same. */
export const END_OF_FRAGMENT = 0x00
export const OPEN_ELEMENT = 0x01
export const CLOSE_START_ELEMENT = 0x02
export const CLOSE_EMPTY_ELEMENT = 0x03
export const END_ELEMENT = 0x04
export const VALUE = 0x05
export const ATTRIBUTE = 0x06
export const CDATA_SECTION = 0x07
export const CHARACTER_REFERENCE = 0x08
export const ENTITY_REFERENCE = 0x09
export const PI_TARGET = 0x0a
export const PI_DATA = 0x0b
export const TEMPLATE_INSTANCE = 0x0c
export const NORMAL_SUBSTITUTION = 0x0d
export const OPTIONAL_SUBSTITUTION = 0x0e
export const FRAGMENT_HEADER = 0x0f
/** The flag. */
export const MORE = 0x40

/** A fragment header: token, major version 1, minor version 1, flags 0. */
export const FRAGMENT_HEADER_SIZE = 4
/** "Depends on no substitution." */
export const NO_DEPENDENCY = 0xffff

/** Bounds that no real record comes near, so that a hostile one cannot exhaust us. */
export const MAX_DEPTH = 64
export const MAX_NODES = 4_096
export const MAX_SUBSTITUTIONS = 4_096
