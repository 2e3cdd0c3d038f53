import { expect, test } from 'vitest'
import { writeHive } from '../../../src/hive/write/hive-writer.ts'
import { descriptorBytes } from '../../support/descriptor-bytes.ts'
import { cellsLike, openBytes, SOME_TIME } from '../../support/hives.ts'

const closed = descriptorBytes({ entries: [{ type: 1, mask: 0xf003f, sid: 'S-1-5-18' }] })
const open = descriptorBytes({ entries: undefined })

const hiveBytes = () =>
  writeHive({
    lastWrite: SOME_TIME,
    keys: {
      plain: {},
      closed: { security: closed, keys: { inner: {}, opened: { security: open } } },
      again: { security: closed.slice() },
    },
  })

test('writeHive() secures a key with its own descriptor, and those below it that have none', () => {
  const hive = openBytes(hiveBytes())
  const securityOf = (path: string) => hive.key(path)?.security()
  for (const path of ['closed', 'closed\\inner', 'again']) expect(securityOf(path)).toEqual(closed)
  expect(securityOf('closed\\opened')).toEqual(open)
  expect(securityOf('plain')).toEqual(hive.root.security())
  expect(securityOf('plain')).not.toEqual(closed)
  expect(hive.damage).toEqual([])
})

test('writeHive() writes a cell for each descriptor, counts the keys of each, and joins them to a ring', () => {
  const cells = cellsLike(hiveBytes(), 'sk')
  expect(cells.map(({ view }) => view.getUint32(12, true))).toEqual([2, 3, 1])
  const places = cells.map(({ at }) => at)
  expect(cells.map(({ view }) => view.getUint32(4, true))).toEqual([places[1], places[2], places[0]])
  expect(cells.map(({ view }) => view.getUint32(8, true))).toEqual([places[2], places[0], places[1]])
})
