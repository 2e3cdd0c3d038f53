import { as, type EventDraft, type Fields, inUserData, manifestProvider, NETWORK_SERVICE } from '../event-draft.ts'

/** The words of the RD Connection Broker, and of the session hosts that ask it. */

const BROKER_OPERATIONAL = 'Microsoft-Windows-TerminalServices-SessionBroker/Operational'
const BROKER_CLIENT_OPERATIONAL = 'Microsoft-Windows-TerminalServices-SessionBroker-Client/Operational'

const broker = manifestProvider('Microsoft-Windows-TerminalServices-SessionBroker', undefined, {
  channel: BROKER_OPERATIONAL,
  keywords: '0x2000000000000000',
  userId: NETWORK_SERVICE,
})

const CLIENT_GUID = '{2184b5c9-1c83-4304-9c58-a9e76f718993}'
const brokerClient = manifestProvider('Microsoft-Windows-TerminalServices-SessionBroker-Client', CLIENT_GUID, {
  channel: BROKER_CLIENT_OPERATIONAL,
  keywords: '0x2000000000000000',
  userId: NETWORK_SERVICE,
})

/** 2056: the broker could not enumerate targets from its database. */
export function targetsNotEnumerated(
  processId: number,
  provider: string,
  collection: string,
  error: string,
): EventDraft {
  return brokerEvent(2056, processId, { param1: provider, param2: collection, param3: error }, { task: 109, level: 2 })
}

/** 787: a session was added to the broker's database. */
export function sessionRegistered(processId: number, user: string, domain: string): EventDraft {
  return brokerEvent(787, processId, { param1: user, param2: domain }, { task: 102, level: 4 })
}

/** 1281: the server joined the farm on a broker. */
export function farmJoined(processId: number, broker: string): EventDraft {
  return clientEvent(1281, processId, { param1: broker }, { task: 101, opcode: 10, level: 4 })
}

/** 1301: a request for a user's redirection was received. */
export function redirectionRequested(processId: number, domain: string, user: string): EventDraft {
  return clientEvent(1301, processId, { param1: domain, param2: user }, { task: 104, opcode: 13, level: 4 })
}

/** 1307: the user was redirected to the right server. */
export function userRedirected(processId: number, domain: string, user: string, address: string): EventDraft {
  return clientEvent(
    1307,
    processId,
    { param1: domain, param2: user, param3: address },
    { task: 104, opcode: 13, level: 4 },
  )
}

/** 1296: the redirection packet could not be got. */
export function redirectionFailed(processId: number, domain: string, user: string, error: string): EventDraft {
  return clientEvent(
    1296,
    processId,
    { param1: domain, param2: user, param3: error },
    { task: 104, opcode: 13, level: 2 },
  )
}

/** 1280: the server could not join the farm. */
export function farmNotJoined(processId: number, broker: string, code: string): EventDraft {
  return clientEvent(1280, processId, { param1: broker, param2: as.hex32(code) }, { task: 101, opcode: 10, level: 2 })
}

/** No source tells the GUID of the broker's provider: rules match it by name. */
function brokerEvent(
  eventId: number,
  processId: number,
  fields: Fields,
  system: { task: number; level: number },
): EventDraft {
  return inUserData(broker(eventId, {}, { processId, ...system }), fields)
}

function clientEvent(
  eventId: number,
  processId: number,
  fields: Fields,
  system: { task: number; opcode: number; level: number },
): EventDraft {
  return inUserData(brokerClient(eventId, {}, { processId, ...system }), fields)
}
