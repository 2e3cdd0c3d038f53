import { describe, expect, it } from 'vitest'
import type { Remediation } from '../../src/finding/finding.ts'
import { SCENARIOS } from '../../src/scenarios/catalogue.ts'
import { UNKNOWN_KEY } from '../../src/scenarios/listener-key-on-disk.ts'
import { listenerKeyRemediation } from '../../src/scenarios/remediation-listener-key.ts'

const commandsOf = (steps: Remediation['steps'] = []) => steps.flatMap(({ command }) => command ?? [])
const idsOf = ({ steps }: Remediation) => steps.map(({ text }) => text.id)

/** Keys that a step changes: of `reg add` and `reg delete`. */
const changedKey = (command: string) => /^reg (?:add|delete) "?([^"]+?)"?(?: \/|$)/.exec(command)?.[1]
const exportedKey = (command: string) => /reg export "?([^"]+?)"? [^ ]+$/.exec(command)?.[1]

const FULL_DISK = {
  id: 'a disk that is full',
  remediation: listenerKeyRemediation({ drive: 'F:' }, { ...UNKNOWN_KEY, status: 'disk-full' }),
}

/** Every repair as the catalogue tells it: what holds of these holds of the next scenario too. */
describe.each([...SCENARIOS, FULL_DISK].map((one) => [one.id, one] as const))('repairs of %s', (_, { remediation }) => {
  const offline = remediation.filter(({ where }) => where === 'offline')

  it('are told for the running machine and for the attached disk', () => {
    expect(new Set(remediation.map(({ where }) => where))).toEqual(new Set(['live', 'offline']))
  })

  it('say their risk, and how to go back', () => {
    for (const { risk, rollback, undo, steps } of remediation) {
      if (commandsOf(steps).length === 0) continue
      expect([risk, rollback]).not.toContain(undefined)
      expect(undo?.length).toBeGreaterThan(0)
    }
  })

  it('take a snapshot before the first command on a disk, and end with giving it back', () => {
    for (const one of offline) {
      const first = one.steps.findIndex(({ command }) => command !== undefined)
      if (first < 0) continue
      expect(idsOf(one).slice(0, first)).toContain('repair.snapshot-first')
      expect(idsOf(one)).toContain('repair.swap-disk')
    }
  })

  it('unload every hive that they load, in steps and in what takes them back', () => {
    for (const { steps, undo } of offline) {
      for (const told of [commandsOf(steps), commandsOf(undo)]) {
        told.forEach((command, at) => {
          const loaded = /^reg load (\S+)/.exec(command)?.[1]
          if (loaded !== undefined) expect(told.slice(at)).toContain(`reg unload ${loaded}`)
        })
      }
    }
  })

  it('save a key of the registry before they change it', () => {
    for (const { steps } of remediation) {
      const told = commandsOf(steps)
      told.forEach((command, at) => {
        const key = changedKey(command)
        if (key === undefined) return
        const saved = told.slice(0, at).flatMap((each) => exportedKey(each) ?? [])
        expect(
          saved.some((each) => key.startsWith(each)),
          `${command} after ${saved.join(', ')}`,
        ).toBe(true)
      })
    }
  })

  it('have one command a step, which cmd takes as it stands', () => {
    for (const { steps, undo } of remediation) {
      for (const command of [...commandsOf(steps), ...commandsOf(undo)]) {
        const outside = command.replace(/"[^"]*"/g, '""')
        expect(outside).not.toMatch(/[\n;]|&&|\|\|/)
      }
    }
  })
})
