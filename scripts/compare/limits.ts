import type { EventDescription } from '../../src/evtx/write/event-description.ts'
import type { Fact } from './facts.ts'

/** Something that a parser is known not to read, in Windows' own logs as little as in ours. */
export interface Limit {
  readonly parser: string
  /** For people. */
  readonly what: string
  /** True of an event whose record the parser cannot read, nor any behind it. */
  readonly wholeRecord?: (event: EventDescription) => boolean
  /** True when it explains what the parser made of one value. */
  readonly oneValue?: (fact: Fact, printed: readonly string[]) => boolean
}

const SURROGATE = /[\ud800-\udfff]/

/** All that is known of the parsers; the table counts a difference that one of these explains as known. */
export const LIMITS: readonly Limit[] = [
  {
    parser: 'evtxexport',
    what: 'stops at a record without template',
    wholeRecord: (event) => event.form === 'plain',
  },
  {
    parser: 'evtxexport',
    what: 'makes another character of a surrogate pair',
    oneValue: ({ texts }) => texts.some((text) => SURROGATE.test(text)),
  },
  {
    parser: 'evtxexport',
    what: 'prints a negative number as its sign bit and the rest',
    oneValue: ({ type, texts }) => /^int\d+$/.test(type) && texts.some((text) => text.startsWith('-')),
  },
  {
    parser: 'evtx_dump',
    what: 'cuts off the seventh digit of a time (older versions)',
    oneValue: ({ like, texts }, printed) =>
      like === 'time' && texts.every((text, i) => text.slice(0, 26) === printed[i]?.slice(0, 26)),
  },
  {
    parser: 'evtx_dump',
    what: 'prints an optional element that is left out as an empty one (older versions)',
    oneValue: ({ texts }, printed) => texts.length === 0 && printed.every((text) => text === ''),
  },
]
