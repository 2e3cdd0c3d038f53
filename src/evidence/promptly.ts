import { turn } from '../pool/turn.ts'

/** Seconds; an answer that is in memory takes a twentieth of that. */
const AT_ONCE = 0.001

/** Slow answers after which the disk is slow, and not only the machine busy. */
const TOO_MANY = 3

let slowAnswers = 0

/**
 * Asks the disk something small, at once as long as it answers at once: to have another thread ask and to wait for it
 * takes longer than such an answer. After a few slow ones, as of a network drive or a disk that has to turn, those who
 * ask are kept waiting apart, so that their questions are under way together.
 *
 * @throws what either throws; the reason when the run was aborted meanwhile
 */
export async function promptly<Answer>(now: () => Answer, soon: () => Promise<Answer>): Promise<Answer> {
  if (slowAnswers >= TOO_MANY) return soon()
  // A large folder is thousands of such questions: Ctrl-C is heard between them.
  const pause = turn()
  if (pause) await pause
  const begun = process.uptime()
  try {
    return now()
  } finally {
    if (process.uptime() - begun > AT_ONCE) slowAnswers++
  }
}
