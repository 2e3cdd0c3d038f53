import { type RegistryFact, valuesOf } from './registry-fact.ts'

const FIREWALL = 'CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy'
const POLICY = 'Policies\\Microsoft\\WindowsFirewall'

/** Profiles as ids spell them, with their keys here and in policy (`StandardProfile` is the private one). */
const PROFILES = { domain: 'DomainProfile', private: 'StandardProfile', public: 'PublicProfile' } as const
const POLICY_PROFILES = { domain: 'DomainProfile', private: 'PrivateProfile', public: 'PublicProfile' } as const
type Profile = keyof typeof PROFILES

type ProfileFactId = `firewall.${Profile}.${'enabled' | 'no-exceptions' | 'policy-enabled' | 'policy-no-exceptions'}`

const profiles: readonly RegistryFact<ProfileFactId>[] = (['domain', 'private', 'public'] as const).flatMap(
  (profile) => [
    ...valuesOf('firewall', 'SYSTEM', `${FIREWALL}\\${PROFILES[profile]}`, [
      [`firewall.${profile}.enabled`, 'dword', 'EnableFirewall'],
      [`firewall.${profile}.no-exceptions`, 'dword', 'DoNotAllowExceptions'],
    ]),
    ...valuesOf('firewall', 'SOFTWARE', `${POLICY}\\${POLICY_PROFILES[profile]}`, [
      [`firewall.${profile}.policy-enabled`, 'dword', 'EnableFirewall'],
      [`firewall.${profile}.policy-no-exceptions`, 'dword', 'DoNotAllowExceptions'],
    ]),
  ],
)

/** The built-in rules, as Windows writes them: `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|…`. */
const rules = valuesOf('firewall', 'SYSTEM', `${FIREWALL}\\FirewallRules`, [
  ['firewall.rule.remote-desktop-tcp', 'text', 'RemoteDesktop-UserMode-In-TCP'],
  ['firewall.rule.remote-desktop-udp', 'text', 'RemoteDesktop-UserMode-In-UDP'],
  ['firewall.rule.remote-desktop-shadow', 'text', 'RemoteDesktop-Shadow-In-TCP'],
])

/** Whether the machine's own firewall lets RDP in. */
export const FIREWALL_VALUES = [...profiles, ...rules] as const
