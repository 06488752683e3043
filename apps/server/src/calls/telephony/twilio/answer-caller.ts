/** What Twilio is told about a call that came in: stream it to the hub, again after the stream was lost, or hang up. */
import { asSystem, type Services, transact } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { readNumber } from '../../lines/phone-number.ts'
import { type CallRow, findByKey } from '../../queries.ts'
import { type CallStart, startCall } from '../../start-call.ts'
import { takeInput } from '../../take-input.ts'
import { lineUrl } from './addresses.ts'
import type { Hook } from './hook-request.ts'
import { apologise, askAgain, hangUp, reject, streamTo } from './twiml.ts'

/** So often may a stream be lost, or the hub be away, in one call. */
const MOST_RESUMES = 60
const SORRY = 'We are sorry. Your call cannot be connected at the moment. Please try again later.'

export async function answerIncoming(services: Services, hook: Hook): Promise<string> {
  const { line, params } = hook
  if (!line.enabled || line.archivedAt !== null || !params.CallSid) return reject()
  const known = await callOf(services, hook)
  return known ? connect(services, hook, known) : connect(services, hook, null)
}

/** Twilio asks because the stream ended: the hub closed it, or is gone. */
export async function answerResume(services: Services, hook: Hook): Promise<string> {
  const call = await callOf(services, hook)
  if (!call || call.state === 'ended' || isOver(hook.params)) return hangUp()
  const known = await services.calls.engine.snapshot(call.id).catch(() => null)
  return known?.state === 'ended' ? hangUp() : connect(services, hook, call)
}

/** Each is the same call however often Twilio asks; while no hub answers, the caller is asked to hold on. */
async function connect(services: Services, hook: Hook, known: CallRow | null): Promise<string> {
  if (known?.state === 'ended') return hangUp()
  const times = Number(hook.query.n ?? 0)
  if (!(times < MOST_RESUMES)) return apologise(SORRY)
  const resumeUrl = `${lineUrl(services, hook.line.id, 'resume')}?n=${times + 1}`
  try {
    const { call, token, hub } = await startCall(services, startOf(hook))
    if (call.state === 'ended') return hangUp()
    return streamTo(hub.carrierUrl, token, resumeUrl, times > 3 ? 1 : 0)
  } catch (error) {
    if (!(error instanceof AppError) || !['call.unreachable', 'unavailable'].includes(error.code)) throw error
    return askAgain(known || (await callOf(services, hook)) ? resumeUrl : lineUrl(services, hook.line.id), 2)
  }
}

/** The caller has hung up, also when no stream ever came, which the hub cannot know. Late and repeated ones change nothing. */
export async function noteStatus(services: Services, hook: Hook): Promise<void> {
  if (!isOver(hook.params)) return
  const call = await callOf(services, hook)
  if (!call || call.state === 'ended') return
  const fact = { seq: 1, call: call.id, at: Date.now(), ms: 0, t: 'call.ended', detail: null } as const
  await takeInput(asSystem(services, call.workspaceId), call.id, {
    t: 'fact',
    fact: { ...fact, reason: 'caller_hung_up' },
  })
  await services.calls.engine.hangup(call.id, 'caller_hung_up', crypto.randomUUID()).catch(() => {})
}

const isOver = ({ CallStatus }: Hook['params']): boolean =>
  ['completed', 'busy', 'failed', 'no-answer', 'canceled'].includes(CallStatus ?? '')

const callOf = (services: Services, { line, params }: Hook): Promise<CallRow | undefined> =>
  transact({ ...services, workspaceId: line.workspaceId }, (tx) =>
    findByKey(tx, line.workspaceId, 'twilio', params.CallSid ?? ''),
  )

/** Who withholds their number is called `anonymous`, or has one that no country gives out. */
function startOf({ line, params }: Hook): CallStart {
  const from = readNumber(params.From ?? '')?.number ?? null
  return {
    workspaceId: line.workspaceId,
    channelId: line.channelId,
    way: 'twilio',
    direction: 'inbound',
    key: params.CallSid ?? '',
    lineId: line.id,
    from: { number: from, name: from === null ? null : (params.CallerName?.slice(0, 100) ?? null) },
    to: params.To ?? line.number,
    caller: { by: 'carrier', callSid: params.CallSid },
  }
}
