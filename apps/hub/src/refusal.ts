/** A request the hub refuses, with the status and code its answer carries. */
import type { EngineCall } from '@earshot/voice'

export class HubRefusal extends Error {
  override name = 'HubRefusal'
  readonly status: number
  readonly code: string
  readonly call: EngineCall | undefined
  constructor(status: number, code: string, message: string, call?: EngineCall) {
    super(message)
    this.status = status
    this.code = code
    this.call = call
  }
}
