/** Ways a call can come and go by: what each must be able to do beside carrying sound, which the hub does. */
import type { Services } from '../platform/context.ts'
import type { CallRow, LegRow } from './queries.ts'

export type Way = CallRow['way']

export interface DialOrder {
  /** E.164, or `sip:user@host`. */
  to: string
  /** What the called one sees. */
  callerId: string
  /** Binds the answered leg's stream to the call: the hub expects it already. */
  token: string
  timeoutMs: number
  /** By which line; null: the way chooses. */
  lineId: string | null
  /** The same again is the same dialling. */
  opId: string
}

/** Each does no harm when it is asked twice. How dialling goes is told by `reportLeg`, or to the hub by whoever dials. */
export interface CallWay {
  /** Calls somebody; their sound comes to the hub's `/carrier` with the token. Left out: this way cannot call out. */
  dial?(services: Services, call: CallRow, leg: LegRow, order: DialOrder): Promise<void>
  cancelDial?(services: Services, call: CallRow, leg: LegRow): Promise<void>
  /** Ends the contact's own leg at the carrier; the hub has closed its stream already. */
  hangUp?(services: Services, call: CallRow): Promise<void>
}

export type Ways = Record<Way, CallWay>
