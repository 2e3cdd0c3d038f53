import { listsBy } from '../bytes/lists-by.ts'
import type { Remediation, RemediationStep } from '../finding/finding.ts'
import type { Voice } from './language/voice.ts'
import type { SharedRepair } from './shared-repairs.ts'

/** Hosts whose repair is the same to the letter. */
export interface RepairGroup {
  /** `A`, `B` …; empty where there is but one group. */
  readonly letter: string
  readonly hosts: readonly string[]
}

/** Something that is said, and the letters of the groups it is for; none when it is for all. */
export interface ForGroups<T> {
  readonly what: T
  readonly letters: readonly string[]
}

/** A step, and what is typed: for some of its groups it may be something else. */
export interface MergedStep extends ForGroups<RemediationStep['text']> {
  readonly commands: readonly ForGroups<string>[]
}

/** One way to repair, for hosts whose repairs differ in some of its steps. */
export interface MergedRepair {
  readonly where: Remediation['where']
  readonly title: Remediation['title']
  readonly groups: readonly RepairGroup[]
  readonly risks: readonly ForGroups<NonNullable<Remediation['risk']>>[]
  readonly steps: readonly MergedStep[]
  /** Like the steps, in the order of each. */
  readonly undo: readonly MergedStep[]
  readonly rollbacks: readonly ForGroups<NonNullable<Remediation['rollback']>>[]
}

/**
 * Repairs of one scenario, those with the same title in one list of steps: what several have in common is said once,
 * and in the order of each.
 */
export function mergedRepairs(repairs: readonly SharedRepair[], voice: Voice): MergedRepair[] {
  const byTitle = listsBy(repairs, ({ remediation }) => `${remediation.where}\n${voice.say(remediation.title)}`)
  return [...byTitle.values()].map((same) => merge(same, voice))
}

function merge(repairs: readonly SharedRepair[], voice: Voice): MergedRepair {
  const groups = repairs.map(({ hosts }, index) => ({ letter: repairs.length > 1 ? letterOf(index) : '', hosts }))
  const { where, title } = repairs[0]!.remediation
  const lettersOf = (from: readonly number[], all: number) =>
    from.length === all ? [] : from.map((index) => groups[index]!.letter)
  const joined = <T>(listOf: (remediation: Remediation) => readonly T[], textOf: (what: T) => string) =>
    union(
      repairs.map(({ remediation }) => listOf(remediation)),
      textOf,
    )
  const notes = (noteOf: (remediation: Remediation) => Remediation['risk']) =>
    joined((remediation) => [noteOf(remediation)].filter((note) => note !== undefined), voice.say).map(({ items }) => ({
      what: items[0]!.what,
      letters: lettersOf(
        items.map(({ from }) => from),
        groups.length,
      ),
    }))
  const merged = (stepsOf: (remediation: Remediation) => readonly RemediationStep[]) =>
    joined(stepsOf, ({ text }) => voice.say(text)).map(mergedStep)
  const mergedStep = ({ items }: Joined<RemediationStep>): MergedStep => {
    const commands = new Map<string, number[]>()
    for (const { what, from } of items) {
      if (what.command !== undefined) commands.set(what.command, [...(commands.get(what.command) ?? []), from])
    }
    return {
      what: items[0]!.what.text,
      letters: lettersOf(
        items.map(({ from }) => from),
        groups.length,
      ),
      // Where all of the step's groups type the same, the step has the letters already.
      commands: [...commands].map(([what, from]) => ({ what, letters: lettersOf(from, items.length) })),
    }
  }
  return {
    where,
    title,
    groups,
    risks: notes(({ risk }) => risk),
    steps: merged(({ steps }) => steps),
    rollbacks: notes(({ rollback }) => rollback),
    undo: merged(({ undo = [] }) => undo),
  }
}

/** `A` to `Z`, then `A2`. */
function letterOf(index: number): string {
  const round = Math.floor(index / 26)
  return String.fromCharCode(65 + (index % 26)) + (round === 0 ? '' : String(round + 1))
}

interface Joined<T> {
  readonly text: string
  /** One of each list that has it, with the list's position. */
  readonly items: readonly { readonly what: T; readonly from: number }[]
}

/** One list that holds each of the given in its order; what two have at the same place stands once. */
function union<T>(lists: readonly (readonly T[])[], textOf: (what: T) => string): readonly Joined<T>[] {
  return lists.reduce<readonly Joined<T>[]>((known, list, index) => {
    const own = list.map((what): Joined<T> => ({ text: textOf(what), items: [{ what, from: index }] }))
    return interleave(known, own)
  }, [])
}

/** By the longest common subsequence; lists of repairs are short. */
function interleave<T>(a: readonly Joined<T>[], b: readonly Joined<T>[]): readonly Joined<T>[] {
  const common = commonLengths(a, b)
  const joined: Joined<T>[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left && right && left.text === right.text) {
      joined.push({ text: left.text, items: [...left.items, ...right.items] })
      i++
      j++
    } else if (left && (!right || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      joined.push(left)
      i++
    } else if (right) {
      joined.push(right)
      j++
    }
  }
  return joined
}

/** How many items `a` from `i` on and `b` from `j` on have in common, in order. */
function commonLengths<T>(a: readonly Joined<T>[], b: readonly Joined<T>[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        a[i]!.text === b[j]!.text ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  return lengths
}
