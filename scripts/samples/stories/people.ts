import { account, type Machine } from '../machine.ts'
import type { Visitor } from './connection.ts'

/** Who connects to the sample hosts; the addresses are those reserved for documentation (RFC 5737). */

/** The administrator, from the management network. */
export function administrator(machine: Machine): Visitor {
  return { account: account(machine, 'adele.vance', 1104), address: '192.0.2.17', workstation: 'MGMT-WS04' }
}

/** A user from a branch office. */
export function officeWorker(machine: Machine): Visitor {
  return { account: account(machine, 'lee.gu', 1187), address: '198.51.100.24', workstation: 'BRANCH-PC11' }
}

/** A user whose name is not ASCII. */
export function otherWorker(machine: Machine): Visitor {
  return { account: account(machine, 'zoë.müller', 1219), address: '198.51.100.63', workstation: 'BRANCH-PC29' }
}

/** Where passwords are guessed from. */
export const STRANGERS = ['203.0.113.7', '203.0.113.88', '203.0.113.201'] as const
