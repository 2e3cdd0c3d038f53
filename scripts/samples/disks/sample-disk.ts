import { DAY } from '../../../src/bytes/filetime.ts'
import { keyFilePrefix } from '../../../src/facts/key-file.ts'
import { writeDirtyHive } from '../../../src/hive/write/dirty-hive-writer.ts'
import { moment } from '../moment.ts'
import { type Random, random } from '../random.ts'
import type { SampleFile } from '../sample.ts'
import type { SampleHost } from '../sample-host.ts'
import { LISTENER_CONTAINER, type MadeCertificate, makeCertificate } from './listener-certificate.ts'
import type { RegistryDraft } from './registry-draft.ts'
import { CERTIFICATES, ordinarySoftware } from './software-hive.ts'
import { ordinarySystem } from './system-hive.ts'

const CONFIG = 'Windows/System32/config'
const MACHINE_KEYS = 'ProgramData/Microsoft/Crypto/RSA/MachineKeys'
const CRYPTO_KEYS = 'ProgramData/Microsoft/Crypto/Keys'
const INSTALLED = moment('2025-06-11T08:14:52.309')
/** The listener's certificate is valid for six months. */
const VALIDITY = 182n * DAY
/** Containers that a server has besides the listener's. */
const OTHER_CONTAINERS = ['NetFrameworkConfigurationKey', 'iisConfigurationKey', 'iisWasKey']
const NO_KEY = new TextEncoder().encode('A sample: there is no key in this file.\r\n')

/** What lies beside the logs of a host: hives and key files, of which a story says what is not as usual. */
export class SampleDisk {
  readonly system: RegistryDraft
  readonly software: RegistryDraft
  readonly machineGuid: string
  readonly #host: SampleHost
  readonly #random: Random
  readonly #keyFiles = new Set<string>()
  #change: ((system: RegistryDraft) => void) | undefined

  /** The disk of a host as it is at the end of its story: its name and its last boot count. */
  constructor(host: SampleHost) {
    this.#host = host
    this.#random = random(`${host.name} disk`)
    this.machineGuid = this.#random.guid().slice(1, -1)
    const times = { installed: INSTALLED, lastShutdown: host.bootTime - 380_000_000n, booted: host.bootTime }
    this.system = ordinarySystem(host.machine, times)
    this.software = ordinarySoftware(host.machine, this.machineGuid, times)
    for (const container of OTHER_CONTAINERS) this.addKeyFile(container)
  }

  /**
   * Puts a certificate into the listener's store that was made at `from`, by default for the host's name of today; its key
   * is that of the listener's container.
   */
  addCertificate(
    from: bigint,
    { until = from + VALIDITY, subject = this.#host.machine.computer } = {},
  ): MadeCertificate {
    const made = makeCertificate(this.#random, subject, { from, until, container: LISTENER_CONTAINER })
    const path = `${CERTIFICATES}\\Remote Desktop\\Certificates\\${made.thumbprint}`
    this.software.set(path, { Blob: made.blob }, from)
    return made
  }

  /** The file of a container's key, as this machine or the one with another MachineGuid calls it. */
  addKeyFile(container = LISTENER_CONTAINER, machineGuid = this.machineGuid): void {
    this.#keyFiles.add(`${MACHINE_KEYS}/${keyFilePrefix(container)}_${machineGuid}`)
  }

  /** SYSTEM is changed, and the machine stops before more of it is written than the log. */
  leaveUnfinished(change: (system: RegistryDraft) => void): void {
    this.#change = change
  }

  /** Its files, by path below the volume's root. */
  files(): readonly SampleFile[] {
    // Some key is written every hour of a server's life: the hives are as young as the last record.
    const until = this.#host.lastMoment()
    const software = this.software.write(until)
    return [
      ...this.#systemFiles(until),
      { path: `${CONFIG}/SOFTWARE`, bytes: software },
      ...[...this.#keyFiles].map((path) => ({ path, bytes: keyFileBytes(2_200) })),
      { path: `${CRYPTO_KEYS}/${this.#random.hex(32).toLowerCase()}_${this.machineGuid}`, bytes: keyFileBytes(1_300) },
    ]
  }

  #systemFiles(until: bigint): readonly SampleFile[] {
    const path = `${CONFIG}/SYSTEM`
    const before = this.system.write(until)
    if (!this.#change) return [{ path, bytes: before }]
    this.#change(this.system)
    const { main, logs } = writeDirtyHive([before, this.system.write(until)], { form: 'entries' })
    return [{ path, bytes: main }, ...logs.map((bytes, i) => ({ path: `${path}.LOG${i + 1}`, bytes }))]
  }
}

function keyFileBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  bytes.set(NO_KEY)
  return bytes
}
