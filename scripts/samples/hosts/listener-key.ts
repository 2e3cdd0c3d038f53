import { SERVER_2008_R2, SERVER_2016, SERVER_2019, SERVER_2022 } from '../machine.ts'
import { contosoServer, hostSample, type Sample } from '../sample.ts'
import { certificateIsNotCreated, certificateIsNotReplaced, EXISTS, NO_KEYSET } from '../stories/lost-key.ts'

/** Core scenario 1 in each of its variants: the status, with and without Schannel's part of the story. */

/** What a hurried collector brings: no Application and no Security log. */
const few = { missingChannels: ['Application', 'Security'] }

const PROBABLE = { scenario: 'listener-key-unusable', verdict: 'probable', window: 'window' } as const
const POSSIBLE = { scenario: 'listener-key-unusable', verdict: 'possible', window: 'window' } as const

export const LISTENER_KEY_SAMPLES: readonly Sample[] = [
  hostSample(
    'key-exists',
    'After a restart no listener certificate can be created: "Object already exists" (1057), and Schannel cannot use the key at each attempt to connect. Server 2016.',
    [PROBABLE],
    () => certificateIsNotCreated(contosoServer('key-exists', 'RDS01', SERVER_2016), EXISTS, true),
  ),
  hostSample(
    'key-exists-alone',
    'The same 1057 without a word of Schannel: its logging is switched off. Server 2019.',
    [POSSIBLE],
    () => certificateIsNotCreated(contosoServer('key-exists-alone', 'RDS02', SERVER_2019, few), EXISTS, false),
  ),
  hostSample(
    'keyset-missing',
    '"Keyset does not exist" (1057), with Schannel\'s 36870, 36872 and 36886 in UserData as old builds write them; no RdpCoreTS log yet. Server 2008 R2.',
    [PROBABLE],
    () => certificateIsNotCreated(contosoServer('keyset-missing', 'LEGACY03', SERVER_2008_R2, few), NO_KEYSET, true),
  ),
  hostSample('keyset-missing-alone', 'The same 1057 alone. Server 2016.', [POSSIBLE], () =>
    certificateIsNotCreated(contosoServer('keyset-missing-alone', 'APP11', SERVER_2016, few), NO_KEYSET, false),
  ),
  hostSample(
    'key-denied',
    'The expired certificate cannot be replaced: "Access is denied" (1058). Schannel names TermService as the process that failed; an administrator got in at the console, which heals nothing. All logs are dirty. Server 2022.',
    [PROBABLE],
    () =>
      certificateIsNotReplaced(
        contosoServer('key-denied', 'RDS05', SERVER_2022, { missingChannels: ['Application'], dirty: true }),
        true,
      ),
  ),
  hostSample('key-denied-alone', 'The same 1058 alone, day after day. Server 2019.', [POSSIBLE], () =>
    certificateIsNotReplaced(contosoServer('key-denied-alone', 'RDS06', SERVER_2019, few), false),
  ),
]
