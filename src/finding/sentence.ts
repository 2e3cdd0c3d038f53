/**
 * Something said to a person: the id of a sentence and what fills its blanks. `report/language/` has the words,
 * so that a scenario never holds prose and a new language never touches a scenario.
 */
export interface Sentence {
  /** Kebab-case with dots between parts: `listener-key-unusable.title`. */
  readonly id: string
  /** Numbers and texts as they stand in the evidence; a bigint is a time (FILETIME ticks), shown in UTC. */
  readonly params: Readonly<Record<string, string | number | bigint | AtLeast | AtLatest>>
}

/** A number of which nobody knows whether it is greater. */
export interface AtLeast {
  readonly atLeast: number
}

/** A time of which nobody knows whether it was earlier; FILETIME ticks. */
export interface AtLatest {
  readonly atLatest: bigint
}

/** How many there are. */
export type Count = number | AtLeast

/** Makes a sentence. */
export function sentence(id: string, params: Sentence['params'] = {}): Sentence {
  return { id, params }
}
