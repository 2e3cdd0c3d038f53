import { describe, expect, it } from 'vitest'
import { parseIso } from '../../src/bytes/filetime.ts'
import { openRegistry } from '../../src/facts/registry.ts'
import { openHive } from '../../src/hive/hive.ts'
import { bytesInMemory } from '../../src/hive/hive-bytes.ts'
import { type ByPath, hiveEvidence, hiveOf, SELECT, WRITTEN } from '../support/machine.ts'

const software = { file: 'SOFTWARE', state: 'not-collected' } as const
const registryOf = (system: ByPath) =>
  openRegistry({ SYSTEM: hiveEvidence('F:/config/SYSTEM', system), SOFTWARE: software })

describe('openRegistry()', () => {
  it('takes the control set that Select names, and no other', () => {
    const registry = registryOf({
      Select: { Current: 2 },
      'ControlSet001\\Control\\Lsa': { disabledomaincreds: 1 },
      'ControlSet002\\Control\\Lsa': { disabledomaincreds: 0 },
    })
    const look = registry.value('SYSTEM', 'CurrentControlSet\\Control\\Lsa', 'disabledomaincreds')
    expect(look).toMatchObject({ state: 'present', thing: { type: 4 } })
    expect(look.source).toEqual({
      file: 'F:/config/SYSTEM',
      key: 'ControlSet002\\Control\\Lsa',
      value: 'disabledomaincreds',
      lastWrite: parseIso(WRITTEN)?.ticks,
    })
    expect(registry.value('SYSTEM', 'currentcontrolset', 'x').state).toBe('absent')
  })

  it.each([
    [{ Select: {} }, 'Select\\Current is absent'],
    [{ Other: {} }, 'Select\\Current is absent'],
    [{ Select: { Current: '1' } }, 'Select\\Current is no number (REG_SZ)'],
    [{ Select: { Current: 0 } }, 'Select\\Current names none (0)'],
    [{ Select: { Current: 1000 } }, 'Select\\Current names none (1000)'],
    [{ Select: { Current: 2 }, 'ControlSet001\\Control\\Lsa': {} }, 'the hive does not hold it (ControlSet002)'],
  ])('finds nothing absent while the control set in force is not known: %j', (system: ByPath, why) => {
    const registry = registryOf(system)
    expect(registry.controlSet.state).toBe('unreadable')
    const look = registry.key('SYSTEM', 'CurrentControlSet\\Control\\Lsa')
    expect(look).toEqual({
      state: 'unreadable',
      reason: `The control set in force is not known: ${why}`,
      source: { file: 'F:/config/SYSTEM', key: 'CurrentControlSet\\Control\\Lsa' },
    })
  })

  it('tells a key that is absent, and a value that is absent in a key with its last write', () => {
    const registry = registryOf({ ...SELECT, 'ControlSet001\\Control\\Lsa': {} })
    expect(registry.value('SYSTEM', 'CurrentControlSet\\Control\\None', 'x')).toEqual({
      state: 'absent',
      source: {
        file: 'F:/config/SYSTEM',
        key: 'ControlSet001\\Control\\None',
        value: 'x',
        lastWriteAbove: parseIso(WRITTEN)?.ticks,
      },
    })
    const inKey = registry.value('SYSTEM', 'CurrentControlSet\\Control\\Lsa', 'x')
    expect(inKey).toMatchObject({ state: 'absent', source: { lastWrite: parseIso(WRITTEN)?.ticks } })
  })

  it.each([
    ['not-collected', 'not-collected'],
    ['absent', 'not-collected'],
    ['unreadable', 'unreadable'],
  ] as const)('never calls a value absent when its hive is %s', (state, told) => {
    const hive = { file: 'SYSTEM', state }
    const registry = openRegistry({ SYSTEM: hive, SOFTWARE: software })
    expect(registry.value('SYSTEM', 'CurrentControlSet\\Control\\Lsa', 'x')).toMatchObject({
      state: told,
      reason: expect.stringMatching(/^[A-Z]/),
      source: { file: 'SYSTEM', key: 'CurrentControlSet\\Control\\Lsa', value: 'x' },
    })
    expect(registry.subkeys('SYSTEM', 'Select', 10).state).toBe(told)
  })

  it('calls unreadable, not absent, what damage hides, however often it is asked', () => {
    const bytes = hiveOf({
      ...SELECT,
      'ControlSet001\\Services\\A': { Start: 2 },
      'ControlSet001\\Services\\B': { Start: 3 },
    })
    const view = new DataView(bytes.buffer)
    // Every list of subkeys with two keys in it loses its signature: that of Services, and that of the root.
    for (let at = 4096; at + 8 < bytes.length; at += 8) {
      const isList = view.getUint16(at + 4) === 0x6c68 && view.getUint16(at + 6, true) === 2
      const names =
        isList &&
        String.fromCharCode(
          ...bytes.subarray(view.getUint32(at + 8, true) + 4096 + 80, view.getUint32(at + 8, true) + 4096 + 81),
        )
      if (names === 'A') view.setUint16(at + 4, 0)
    }
    const hive = openHive(bytesInMemory(bytes))
    const registry = openRegistry({ SYSTEM: { file: 'SYSTEM', state: 'present', hive }, SOFTWARE: software })
    for (const name of ['A', 'B', 'C', 'C']) {
      expect(registry.value('SYSTEM', `CurrentControlSet\\Services\\${name}`, 'Start')).toMatchObject({
        state: 'unreadable',
        reason: 'The hive is damaged on the way there',
      })
    }
    expect(registry.value('SYSTEM', 'Select', 'None').state).toBe('absent')
  })

  it('lists subkeys and values up to a limit', () => {
    const registry = registryOf({ ...SELECT, 'A\\X': {}, 'A\\Y': {}, 'A\\Z': {} })
    const look = registry.subkeys('SYSTEM', 'A', 2)
    expect(look.state === 'present' && look.thing.map(({ name }) => name)).toEqual(['X', 'Y'])
    const values = registry.values('SYSTEM', 'Select', 10)
    expect(values.state === 'present' && values.thing.length).toBe(4)
  })

  it('says of a list that damage cut that it is not whole', () => {
    const bytes = hiveOf({ ...SELECT, 'A\\X': {}, 'A\\Y': {} })
    const view = new DataView(bytes.buffer)
    for (let at = 4096; at + 80 < bytes.length; at += 8) {
      const isY = view.getUint16(at + 4) === 0x6e6b && bytes[at + 80] === 0x59
      if (isY) view.setUint16(at + 4, 0)
    }
    const hive = openHive(bytesInMemory(bytes))
    const registry = openRegistry({ SYSTEM: { file: 'SYSTEM', state: 'present', hive }, SOFTWARE: software })
    const look = registry.subkeys('SYSTEM', 'A', 10)
    expect(look).toMatchObject({ state: 'present', incomplete: 'The hive is damaged on the way there' })
    expect(look.state === 'present' && look.thing.map(({ name }) => name)).toEqual(['X'])
    expect(registry.subkeys('SYSTEM', 'Select', 10)).not.toHaveProperty('incomplete')
  })
})
