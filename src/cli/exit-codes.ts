/** What the process ends with; a promise to scripts (see `evtxray --help`). */
export const EXIT = {
  done: 0,
  /** Done, and a finding at or above `--fail-on`. */
  finding: 1,
  /** The command line is wrong, or asks for what is refused. */
  usage: 2,
  /** No event log was found. */
  nothing: 3,
  /** Done, but some input could not be read, or does not hold against a manifest; wins over `finding`. */
  unread: 4,
  /** An output could not be written. */
  output: 5,
  /** An error of ours. */
  internal: 70,
  interrupted: 130,
} as const

/** One of `EXIT`. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
