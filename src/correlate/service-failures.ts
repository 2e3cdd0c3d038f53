import { LOCAL_SESSION_MANAGER, SERVICE_CONTROL_MANAGER, SESSION_MANAGER_OPERATIONAL, SYSTEM } from '../event/source.ts'
import type { Need } from '../query/need.ts'

/** Service Control Manager: some service failed. */
export const SERVICE_FAILED: Need = {
  id: 'service-failed',
  provider: SERVICE_CONTROL_MANAGER,
  eventIds: [7000, 7022, 7023, 7024, 7031, 7034],
  channels: [SYSTEM],
  as: 'event',
}
/** LocalSessionManager 17: the Remote Desktop service failed to start. */
export const SESSION_MANAGER_FAILED: Need = {
  id: 'session-manager-failed',
  provider: LOCAL_SESSION_MANAGER,
  eventIds: [17],
  channels: [SESSION_MANAGER_OPERATIONAL],
  as: 'event',
}

/** All that shows services failing, the Remote Desktop service's own word among them. */
export const SERVICE_FAILURE_NEEDS: readonly Need[] = [SERVICE_FAILED, SESSION_MANAGER_FAILED]
