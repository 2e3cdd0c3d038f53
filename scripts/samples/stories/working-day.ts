import { MILLISECOND } from '../moment.ts'
import type { SampleHost } from '../sample-host.ts'
import { fail, guessPassword, leave, logOff, logOn, reconnect } from './connection.ts'
import { administrator, officeWorker, otherWorker, STRANGERS } from './people.ts'

const MINUTE = 60_000n * MILLISECOND

/** Who attempts to connect in vain, and what Schannel says each time. */
type Reaction = NonNullable<Parameters<typeof fail>[3]>

/** RDP works: from `morning` on three people come and go within nine hours, and strangers guess passwords. */
export function workOverRdp(host: SampleHost, morning: bigint): void {
  const { machine, random } = host
  const late = () => BigInt(random.integer(0, 1_500)) * 1_013n * MILLISECOND
  const office = logOn(host, morning + late(), officeWorker(machine))
  const other = logOn(host, morning + 25n * MINUTE + late(), otherWorker(machine))
  guessPassword(host, morning + 95n * MINUTE + late(), random.pick(STRANGERS), 'administrator')
  leave(host, morning + 190n * MINUTE + late(), office)
  const again = reconnect(host, morning + 245n * MINUTE + late(), office)
  const admin = logOn(host, morning + 300n * MINUTE + late(), administrator(machine))
  logOff(host, morning + 345n * MINUTE + late(), admin)
  guessPassword(host, morning + 390n * MINUTE + late(), random.pick(STRANGERS), 'admin')
  logOff(host, morning + 480n * MINUTE + late(), other)
  logOff(host, morning + 510n * MINUTE + late(), again)
}

/** RDP does not work: people try within `minutes` from `start`, `times` in all, and get nowhere. */
export function tryInVain(
  host: SampleHost,
  start: bigint,
  { times, minutes, reaction }: { times: number; minutes: number; reaction?: Reaction },
): void {
  const { machine, random } = host
  const visitors = [officeWorker(machine), otherWorker(machine), administrator(machine)]
  const apart = (BigInt(minutes) * MINUTE) / BigInt(times)
  for (let i = 0; i < times; i++) {
    const visitor = visitors[i % visitors.length]!
    const time = start + apart * BigInt(i) + BigInt(random.integer(0, 999_999_999)) / 3n
    fail(host, time, visitor.address, reaction)
  }
}
