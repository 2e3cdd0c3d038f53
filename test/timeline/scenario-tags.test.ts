import { expect, test } from 'vitest'
import { scenarioTags } from '../../src/timeline/scenario-tags.ts'
import {
  attempt,
  booted,
  certificateMade,
  databaseFailed,
  keyUnusable,
  replaceFailed,
  sessionLogon,
} from '../support/events.ts'

test('scenarioTags() names none for what heals', () => {
  expect(scenarioTags(certificateMade('09:00:00Z'))).toEqual([])
})

test('scenarioTags() names the scenario that an event is a sign of', () => {
  expect(scenarioTags(replaceFailed('09:00:00Z'))).toEqual(['listener-key-unusable'])
  expect(scenarioTags(databaseFailed('09:00:00Z'))).toEqual(['broker-out-of-step'])
})

test('scenarioTags() names none for what every scenario looks at', () => {
  for (const event of [booted('09:00:00Z'), attempt('09:00:00Z'), sessionLogon('09:00:00Z', '10.0.0.1')]) {
    expect(scenarioTags(event)).toEqual([])
  }
})

test('scenarioTags() looks at provider, channel and id in any letter case, not at the id alone', () => {
  const event = replaceFailed('09:00:00Z')
  expect(scenarioTags({ ...event, provider: event.provider.toUpperCase() })).toEqual(['listener-key-unusable'])
  expect(scenarioTags({ ...event, provider: 'Another' })).toEqual([])
  expect(scenarioTags(keyUnusable('09:00:00Z', {}, { provider: 'Another' }))).toEqual([])
})
