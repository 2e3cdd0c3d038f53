/** BinXML value types (MS-EVEN6 2.2.12, "ValueType"; names as there). An array has the high bit set as well. */
export const NULL_TYPE = 0x00
export const STRING_TYPE = 0x01
export const ANSI_STRING_TYPE = 0x02
export const INT8_TYPE = 0x03
export const UINT8_TYPE = 0x04
export const INT16_TYPE = 0x05
export const UINT16_TYPE = 0x06
export const INT32_TYPE = 0x07
export const UINT32_TYPE = 0x08
export const INT64_TYPE = 0x09
export const UINT64_TYPE = 0x0a
export const REAL32_TYPE = 0x0b
export const REAL64_TYPE = 0x0c
export const BOOL_TYPE = 0x0d
export const BINARY_TYPE = 0x0e
export const GUID_TYPE = 0x0f
export const SIZE_T_TYPE = 0x10
export const FILETIME_TYPE = 0x11
export const SYSTEMTIME_TYPE = 0x12
export const SID_TYPE = 0x13
export const HEX_INT32_TYPE = 0x14
export const HEX_INT64_TYPE = 0x15
export const EVT_HANDLE_TYPE = 0x20
export const BIN_XML_TYPE = 0x21
export const EVT_XML_TYPE = 0x23
/** Set on the type of an array's items. */
export const ARRAY_FLAG = 0x80

/** Bytes of one item where the type fixes it; size_t has 4 or 8. Bool is 4 on disk although MS-EVEN6 says one. */
export const FIXED_SIZE: Readonly<Record<number, number>> = {
  [INT8_TYPE]: 1,
  [UINT8_TYPE]: 1,
  [INT16_TYPE]: 2,
  [UINT16_TYPE]: 2,
  [INT32_TYPE]: 4,
  [UINT32_TYPE]: 4,
  [INT64_TYPE]: 8,
  [UINT64_TYPE]: 8,
  [REAL32_TYPE]: 4,
  [REAL64_TYPE]: 8,
  [BOOL_TYPE]: 4,
  [GUID_TYPE]: 16,
  [FILETIME_TYPE]: 8,
  [SYSTEMTIME_TYPE]: 16,
  [HEX_INT32_TYPE]: 4,
  [HEX_INT64_TYPE]: 8,
}
