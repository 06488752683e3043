/** SIP as a way out: the edge dials, and brings the answered leg to the hub by itself. */
import type { TrunkTest } from '@earshot/voice'
import type { Services } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { listTrunks } from '../../lines/trunks.ts'
import type { CallRow, LegRow } from '../../queries.ts'
import { reportLeg } from '../../report-leg.ts'
import type { CallWay, DialOrder } from '../../ways.ts'
import type { SipEdge } from './edge-client.ts'

/** Without an edge nothing can be dialled, and nothing has to be stopped. */
export const sipWay = (edge: SipEdge | null): CallWay => ({
  ...(edge && { dial: (services, call, leg, order) => dial(edge, services, call, leg, order) }),
  cancelDial: async (_services, _call, { id }) => hangUp(edge, id),
  hangUp: async (_services, { callerLeg }) => hangUp(edge, callerLeg),
})

async function dial(edge: SipEdge, services: Services, call: CallRow, leg: LegRow, order: DialOrder): Promise<void> {
  const { httpUrl } = services.calls.hub()
  const trunk = order.lineId ?? call.lineId
  if (!trunk) throw new AppError('call.no_line')
  const wish = {
    opId: order.opId,
    call: call.id,
    leg: leg.id,
    token: order.token,
    // Inside the house: never by the address carriers use.
    mediaUrl: `${httpUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/carrier`,
    hubUrl: httpUrl,
    trunk,
    to: order.to,
    callerId: order.callerId,
    timeoutMs: order.timeoutMs,
    headers: {},
  }
  let outcome = await edge.dial(wish).catch(unreachable)
  if (outcome === 'unknown') {
    // An edge that has just begun may not have been told yet.
    await edge.putTrunks(await listTrunks(services)).catch(unreachable)
    outcome = await edge.dial(wish).catch(unreachable)
  }
  if (outcome === 'dialling') return
  const detail = outcome === 'unknown' ? 'the trunk is not in use any more' : 'this cannot be dialled'
  await reportLeg(services, call.id, leg.id, { opId: crypto.randomUUID(), state: 'failed', reason: 'failed', detail })
}

/** Null: there is no edge. */
export async function askTrunkTest(services: Services, edge: SipEdge | null, trunk: string): Promise<TrunkTest | null> {
  if (!edge) return null
  const tested = await edge.test(trunk)
  if (tested) return tested
  await edge.putTrunks(await listTrunks(services))
  return edge.test(trunk)
}

/** Asked again later, by whoever settles commands. */
function unreachable(cause: unknown): never {
  throw new AppError('call.unreachable', {}, { cause })
}

/** An edge that is away has no telephone ringing either: what it rang ended with it. */
async function hangUp(edge: SipEdge | null, leg: string): Promise<void> {
  await edge?.hangUp(leg).catch(() => {})
}
