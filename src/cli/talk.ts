import { plain } from '../report/plain.ts'
import type { Terminal } from './terminal.ts'

/** How a command tells people how it goes. */
export interface Talk {
  /** A line on stderr. */
  tell(line: string): void
  /** A line for `--verbose`: what was chosen and why. */
  note(note: string): void
}

/** A line may hold the names of evidence, which are hostile: each is made plain here, whoever has made it. */
export function talkTo({ stderr }: Terminal, options: { readonly verbose?: boolean | undefined }): Talk {
  const tell = (line: string): void => stderr.write(`${plain(line)}\n`)
  const note = (note: string): void => {
    if (options.verbose) tell(`note: ${note}`)
  }
  return { tell, note }
}
