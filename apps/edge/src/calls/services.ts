/** What every call of this edge needs. */
import type { Log } from '../log.ts'
import type { Pacer } from '../media/pacer.ts'
import type { RtpPorts } from '../media/ports.ts'
import type { Challenger } from '../sip/digest.ts'
import type { UserAgent } from '../sip/user-agent.ts'
import type { Api } from './api.ts'
import type { Legs } from './legs.ts'
import type { Trunks } from './trunks.ts'

export interface EdgeServices {
  ua: UserAgent
  log: Log
  pacer: Pacer
  ports: RtpPorts
  trunks: Trunks
  challenger: Challenger
  api: Api
  legs: Legs
  reconnectMs: number
}
