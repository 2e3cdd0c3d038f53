/**
 * What a question lets the scan skip. The lower floor defines it, `query/` fills it in.
 *
 * Every answer must be conservative: a gate says "no" only where no record can match. What passes is matched exactly
 * by the caller.
 */
export interface Gate {
  /**
   * Event ids that are wanted of a provider: a byte for each of the 65,536 ids, 0 where it can be skipped; undefined
   * where nothing of the provider is wanted. Asked once for each provider name of a scan.
   */
  eventIds(provider: string): Uint8Array | undefined
  /** Event ids that are wanted of any provider at all: for others the provider need not even be known. */
  readonly anyProvider: Uint8Array
  /** False where nothing of this channel is wanted. Asked once for each channel name of a scan. */
  mayHold(channel: string): boolean
}

const EVERY_ID = new Uint8Array(65_536).fill(1)

/** Lets every record through. */
export const OPEN_GATE: Gate = {
  eventIds: () => EVERY_ID,
  anyProvider: EVERY_ID,
  mayHold: () => true,
}
