/** Seconds; an answer that is in memory takes a twentieth of that. */
const AT_ONCE = 0.001

/** The disk was slow to answer: from then on it is asked many things at the same time. */
let isSlow = false

/**
 * Asks the disk something small, at once as long as it answers at once: to have another thread ask and to wait for it
 * takes longer than such an answer. After the first slow one, as of a network drive or a disk that has to turn, those who
 * ask are kept waiting apart, so that their questions are under way together.
 *
 * @throws what either throws
 */
export async function promptly<Answer>(now: () => Answer, soon: () => Promise<Answer>): Promise<Answer> {
  if (isSlow) return soon()
  const begun = process.uptime()
  try {
    return now()
  } finally {
    isSlow = process.uptime() - begun > AT_ONCE
  }
}
