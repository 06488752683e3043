/** Twilio as a way out: it calls somebody, their sound comes to the hub as a leg of its own, and it ends calls. */
import { type Services, transact } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import type { CallRow, LegRow } from '../../queries.ts'
import { reportLeg } from '../../report-leg.ts'
import type { CallWay, DialOrder } from '../../ways.ts'
import { accountOf } from './account.ts'
import { legUrl } from './addresses.ts'
import { cancelLeg, claimDial, findTwilioLeg, putSid } from './queries.ts'
import { askTwilio } from './rest.ts'
import { streamTo } from './twiml.ts'

export const twilioWay: CallWay = { dial, cancelDial, hangUp }

/**
 * Asked once: when the answer is lost nobody knows whether a telephone rings, and a transfer that failed does less harm than a second one.
 * So a row is written first, and whatever goes wrong afterwards is told as a failure.
 */
async function dial(services: Services, call: CallRow, leg: LegRow, order: DialOrder): Promise<void> {
  const { line, account } = await accountOf(services, call.workspaceId, order.lineId ?? call.lineId)
  const key = { workspaceId: call.workspaceId, callId: call.id, legId: leg.id }
  if (
    !(await transact({ ...services, workspaceId: call.workspaceId }, (tx) =>
      claimDial(tx, { ...key, lineId: line.id }),
    ))
  )
    return
  const url = (what: string) => legUrl(services, line.id, call.id, leg.id, what)
  const form = {
    To: order.to,
    From: order.callerId,
    // Whether a machine answers is known a moment later: then Twilio has to ask what to do.
    ...(line.detectMachine
      ? { Url: url('answer'), Method: 'POST', MachineDetection: 'Enable' }
      : { Twiml: streamTo(services.calls.hub().carrierUrl, order.token, url('resume')) }),
    Timeout: String(Math.ceil(order.timeoutMs / 1000)),
    StatusCallback: url('status'),
    StatusCallbackMethod: 'POST',
    StatusCallbackEvent: ['ringing', 'answered', 'completed'],
  }
  const reply = await askTwilio(services, account, '/Calls.json', form).catch(() => null)
  const sid = reply && reply.status < 300 && typeof reply.body.sid === 'string' ? reply.body.sid : null
  if (sid === null) {
    const opId = crypto.randomUUID()
    return reportLeg(services, call.id, leg.id, { opId, state: 'failed', reason: 'failed', detail: refusalOf(reply) })
  }
  const row = await transact({ ...services, workspaceId: call.workspaceId }, (tx) => putSid(tx, key, sid))
  if (row?.cancelled) await complete(services, call.workspaceId, line.id, sid)
}

/** Twilio's number for what is wrong is what its documentation is searched by. */
const refusalOf = (reply: { status: number; body: Record<string, unknown> } | null): string =>
  reply === null
    ? 'Twilio did not answer'
    : typeof reply.body.code === 'number'
      ? `Twilio error ${reply.body.code}`
      : `Twilio answered ${reply.status}`

async function cancelDial(services: Services, call: CallRow, leg: LegRow): Promise<void> {
  const key = { workspaceId: call.workspaceId, callId: call.id, legId: leg.id }
  const row = await transact({ ...services, workspaceId: call.workspaceId }, (tx) => cancelLeg(tx, key))
  if (row?.sid) await complete(services, call.workspaceId, row.lineId, row.sid)
}

async function hangUp(services: Services, call: CallRow): Promise<void> {
  const key = { workspaceId: call.workspaceId, callId: call.id, legId: call.callerLeg }
  const dialled = await transact({ ...services, workspaceId: call.workspaceId }, (tx) => findTwilioLeg(tx, key))
  const sid = dialled?.sid ?? call.key
  if (/^CA[0-9a-zA-Z]{6,64}$/.test(sid)) await complete(services, call.workspaceId, call.lineId, sid)
}

/** `completed` ends whatever the call does: also one that rings. One that is over already is no failure. */
async function complete(services: Services, workspaceId: string, lineId: string | null, sid: string): Promise<void> {
  const { account } = await accountOf(services, workspaceId, lineId)
  const reply = await askTwilio(services, account, `/Calls/${sid}.json`, { Status: 'completed' })
  if (reply.status >= 500 || reply.status === 429) throw new AppError('unavailable')
}
