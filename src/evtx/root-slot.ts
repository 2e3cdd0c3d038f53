/**
 * The slots of Windows' root templates: the order in which a record's values stand for its System fields. Source: an
 * observation over all public logs (31,937 live records of the tests' corpus follow it, without one that does not).
 */
export const LEVEL = 0
export const OPCODE = 1
export const TASK = 2
export const EVENT_ID = 3
export const QUALIFIERS = 4
export const KEYWORDS = 5
export const TIME_CREATED = 6
export const ACTIVITY_ID = 7
export const PROCESS_ID = 8
export const THREAD_ID = 9
export const RECORD_ID = 10
export const VERSION = 11
export const USER_ID = 12

/** Slots beyond those, of templates that have provider and channel among the values. */
export const IN_VALUES = {
  count: 18,
  relatedActivityId: 13,
  providerName: 14,
  providerGuid: 15,
  channel: 16,
  payload: 17,
} as const
/** The same, of templates that say provider and channel themselves; those from 13 on are of no use but in traces. */
export const IN_TEMPLATE = { count: 20, relatedActivityId: 18, payload: 19 } as const
