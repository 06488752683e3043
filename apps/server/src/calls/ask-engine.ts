/** Asks the engine, or the way, for one step of an operation. Every step may be asked again: it has a name of its own. */
import { EngineRefusal } from '@earshot/voice'
import type { Services } from '../platform/context.ts'
import { stepId } from './change-call.ts'
import type { Step } from './machine/index.ts'
import type { CallRow, LegRow } from './queries.ts'
import type { StoredTicket } from './queries-commands.ts'

/** Without these the change is nothing: it is taken back. The others tidy up, and may find that there is nothing to do. */
const MUST = new Set<Step['do']>(['attach', 'floor', 'expect', 'dial', 'openAgent', 'record'])
export const mustSucceed = (step: Step): boolean => MUST.has(step.do) && !('soft' in step)

export interface Asked {
  ticket: StoredTicket | null
  /** For coaching: a plain bot cannot be told. */
  delivered?: boolean
}
const DONE: Asked = { ticket: null }

export async function askEngine(
  services: Services,
  call: CallRow,
  legs: LegRow[],
  step: Step,
  op: { opId: string; index: number },
): Promise<Asked> {
  const { engine } = services.calls
  const { id } = call
  const opId = stepId(op.opId, op.index)
  switch (step.do) {
    case 'attach': {
      const { leg, user, role } = step
      const { mediaUrl, expiresAt } = await engine.attachHuman(id, { leg, userId: user, role }, opId)
      return { ticket: { leg, mediaUrl, expiresAt, role } }
    }
    case 'floor': {
      const { floor, from, context, play } = step
      await engine.setFloor(id, { floor, from, context, play }, opId)
      return DONE
    }
    case 'expect': {
      const { leg, role, user, waitMs } = step
      const token = services.calls.tokenOf(id, leg)
      await engine.expectLeg(id, { leg, role, token, waitMs, user }, opId)
      return DONE
    }
    case 'coach': {
      const { delivered } = await engine.toAgent(id, { kind: 'coach', id: step.id, text: step.text }, opId)
      return { ticket: null, delivered }
    }
    case 'tell':
      await engine.toAgent(id, { kind: 'context', text: step.text }, opId)
      return DONE
    case 'drop':
      await engine.drop(id, step.leg, step.reason, opId)
      return DONE
    case 'play':
      await engine.play(id, step.sound, opId)
      return DONE
    case 'record':
      await engine.record(id, step.on, opId)
      return DONE
    case 'openAgent': {
      const plan = await services.calls.agentPlanOf(services, call)
      if (!plan) throw new EngineRefusal('agent.none', 'This call has no agent that speaks.')
      await engine.openAgent(id, plan, opId)
      return DONE
    }
    case 'hangup':
      await engine.hangup(id, step.reason, opId).catch(ignoreRefusal)
      await services.calls.ways[call.way].hangUp?.(services, call)
      return DONE
    case 'dial':
    case 'cancelDial':
      await askWay(services, call, legs, step, opId)
      return DONE
  }
}

async function askWay(
  services: Services,
  call: CallRow,
  legs: LegRow[],
  step: Extract<Step, { do: 'dial' | 'cancelDial' }>,
  opId: string,
): Promise<void> {
  const leg = legs.find((one) => one.id === step.leg)
  if (!leg) throw new EngineRefusal('leg.not_found', 'There is no such leg.')
  if (step.do === 'cancelDial') {
    // Which way dialled it is known to the way itself; the others find nothing to stop.
    for (const way of Object.values(services.calls.ways)) await way.cancelDial?.(services, call, leg)
    return
  }
  const way = services.calls.ways[step.way]
  if (!way.dial) throw new EngineRefusal('way.cannot_dial', 'This way cannot call out.')
  const { to, callerId, timeoutMs, lineId } = step
  await way.dial(services, call, leg, {
    to,
    callerId,
    timeoutMs,
    lineId,
    opId,
    token: services.calls.tokenOf(call.id, leg.id),
  })
}

/** It is over already: that is what was wished. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof EngineRefusal)) throw error
}
