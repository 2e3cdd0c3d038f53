import { compareText } from '../bytes/compare-text.ts'
import { FormatError } from '../errors.ts'
import { textOf } from '../hive/value.ts'
import { evaluateKey, SYSTEM_TOKEN } from './access.ts'
import type { Fact } from './fact.ts'
import type { FactSelection } from './judged-facts.ts'
import type { Look, Registry } from './registry.ts'
import { readSecurityDescriptor } from './security-descriptor.ts'

const PACKAGES = 'Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages'
const PROFILES = 'Microsoft\\Windows NT\\CurrentVersion\\ProfileList'
const LISTENER = 'CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp'
const STORE = 'Microsoft\\SystemCertificates\\Remote Desktop'
const BROKER = 'CurrentControlSet\\Services\\Tssdis\\Parameters'
/** Subkeys that are looked through: a machine that was serviced for ten years has some ten thousand packages. */
const LOOKED_THROUGH = 100_000
/** The first build whose Remote Desktop knows TLS 1.1 and 1.2 by itself. */
const FIRST_WITH_TLS_1_2 = 9200

/** Facts that take more than one value to tell. */
export function joinedFacts(registry: Registry, build: number | undefined, selection: FactSelection): readonly Fact[] {
  return [
    ...(build !== undefined && build < FIRST_WITH_TLS_1_2 ? [tlsUpdate(registry)] : []),
    listenerKey(registry),
    ...(selection === 'all' ? [backupProfiles(registry)] : []),
    connectionString(registry),
    storeAccess(registry),
  ]
}

/** Without this key there is no listener, whatever its values' defaults. */
function listenerKey(registry: Registry): Fact {
  return pick('listener.key', registry.key('SYSTEM', LISTENER), ({ name }) => name)
}

/** The update that brought TLS 1.1 and 1.2 to Remote Desktop; a rollup may hold it too, so absent proves nothing. */
function tlsUpdate(registry: Registry): Fact {
  const look = registry.subkeys('SOFTWARE', PACKAGES, LOOKED_THROUGH)
  return pick('update.kb3080079', look, (keys) => keys.find(({ name }) => /KB3080079/i.test(name))?.name)
}

/** A profile that Windows set aside: its user is logged on with a temporary one. */
function backupProfiles(registry: Registry): Fact {
  const look = registry.subkeys('SOFTWARE', PROFILES, LOOKED_THROUGH)
  return pick('profiles.backup-keys', look, (keys) => {
    const names = keys.map(({ name }) => name).filter((name) => /\.bak$/i.test(name))
    return names.length > 0 ? names.sort(compareText).join(', ') : undefined
  })
}

/** Which of its values holds it is not documented: the one that reads like a connection string. */
function connectionString(registry: Registry): Fact {
  const look = registry.values('SYSTEM', BROKER, 1_000)
  return pick('broker.connection-string', look, (values) => {
    const texts = values.map(textOf).filter((text) => text !== undefined)
    const found = texts.find((text) => text.length < 10_000 && /(^|;)\s*(server|data source)\s*=/i.test(text))
    return found?.replace(/((?:^|;)\s*(?:pwd|password)\s*=)[^;]*/gi, '$1…')
  })
}

/** Whether SYSTEM, whose services keep the listener's certificate there, may read and write the store's key. */
function storeAccess(registry: Registry): Fact {
  const id = 'certificate-store.remote-desktop.system-access'
  const inner = registry.key('SOFTWARE', `${STORE}\\Certificates`)
  const look = inner.state === 'absent' ? registry.key('SOFTWARE', STORE) : inner
  const { source } = look
  if (look.state !== 'present') return pick(id, look, () => undefined)
  const bytes = look.thing.security()
  if (!bytes) return { id, state: 'unreadable', source, reason: 'The security descriptor of the key cannot be read' }
  try {
    return { id, state: 'present', value: evaluateKey(readSecurityDescriptor(bytes), SYSTEM_TOKEN), source }
  } catch (error) {
    if (error instanceof FormatError) return { id, state: 'unreadable', source, reason: error.message }
    throw error
  }
}

function pick<Thing>(id: string, look: Look<Thing>, choose: (thing: Thing) => string | undefined): Fact {
  const { source } = look
  if (look.state !== 'present') {
    return { id, state: look.state, source, ...(look.reason !== undefined && { reason: look.reason }) }
  }
  const value = choose(look.thing)
  if (value !== undefined) return { id, state: 'present', value, source }
  const { incomplete } = look
  return incomplete === undefined
    ? { id, state: 'absent', source }
    : { id, state: 'unreadable', source, reason: incomplete }
}
