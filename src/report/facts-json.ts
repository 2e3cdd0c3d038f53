import { toIso } from '../bytes/filetime.ts'
import type { Fact } from '../finding/analysis.ts'
import { toJsonText } from '../timeline/json-text.ts'

/** A fact in the result document: what is not known is left out, times are ISO 8601 with seven digits. */
export function toFactDocument({ id, state, value, source, reason }: Fact): object {
  const { file, key, value: name, lastWrite } = source
  return {
    id,
    state,
    value,
    source: { file, key, value: name, lastWrite: lastWrite === undefined ? undefined : toIso(lastWrite) },
    reason,
  }
}

/** The facts of each host for programs: one entry a host, two blanks a level, a newline at the end. */
export function renderFactsJson(hosts: readonly { readonly host: string; readonly facts: readonly Fact[] }[]): string {
  const documents = hosts.map(({ host, facts }) => ({ host, facts: facts.map(toFactDocument) }))
  return `${toJsonText(documents, 2)}\n`
}
