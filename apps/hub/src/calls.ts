/** Every call this hub knows, and the little that happens between them. */
import { isDeepStrictEqual } from 'node:util'
import type { CallPlan, EngineCall } from '@earshot/voice'
import { leaveCall } from './call/end-call.ts'
import { keepPlan } from './call/keep.ts'
import { openCall, stepCall } from './call/open-call.ts'
import { recall } from './call/recall.ts'
import type { Call, House } from './call/state.ts'
import { HubRefusal } from './refusal.ts'

/** Calls that are over can be asked for this long. */
const REMEMBERED_MS = 10 * 60_000

export class Calls {
  readonly #house: House
  readonly #calls = new Map<string, Call>()

  constructor(house: House) {
    this.#house = house
  }

  recall(): void {
    for (const call of recall(this.#house)) this.#calls.set(call.id, call)
  }

  prepare(plan: CallPlan): EngineCall {
    const known = this.#calls.get(plan.call)
    if (!known) {
      const call = openCall(plan, this.#house)
      this.#calls.set(call.id, call)
      keepPlan(call)
      return call.snapshot()
    }
    // Who asks again may know more by now; what was begun goes on as it was begun.
    if (!isDeepStrictEqual(known.plan.caller, plan.caller))
      throw new HubRefusal(409, 'call.conflict', 'The call is prepared already, in another way.', known.snapshot())
    return known.snapshot()
  }

  find(id: string): Call | undefined {
    return this.#calls.get(id)
  }

  get(id: string): Call {
    const call = this.#calls.get(id)
    if (!call) throw new HubRefusal(404, 'call.not_found', 'The hub knows no such call.')
    return call
  }

  list(): EngineCall[] {
    return [...this.#calls.values()].filter((call) => call.state !== 'ended').map((call) => call.snapshot())
  }

  get live(): number {
    let count = 0
    for (const call of this.#calls.values()) if (call.state !== 'ended') count++
    return count
  }

  tick(number: number, now: number): void {
    for (const call of this.#calls.values()) {
      try {
        stepCall(call, number, now)
      } catch (error) {
        // One call's fault must not be every call's.
        this.#house.log.error({ call: call.id, err: error }, 'A tick of a call failed.')
      }
      if (call.endedAt !== null && now - call.endedAt > REMEMBERED_MS) this.#calls.delete(call.id)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => (call.state === 'ended' ? call.ending : leaveCall(call))))
  }

  all(): Iterable<Call> {
    return this.#calls.values()
  }
}
