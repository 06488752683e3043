/** A call comes in by SIP: which line, which contact, and where its sound goes. And one that went before it was answered. */
import type { GoneCall, IncomingAnswer, IncomingCall } from '@earshot/voice'
import { asSystem, type Services, transact } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { readNumber } from '../../lines/phone-number.ts'
import { findLine, findLinePlace, type LineRow } from '../../lines/queries.ts'
import { findCallWorkspace } from '../../queries.ts'
import { startCall } from '../../start-call.ts'
import { takeInput } from '../../take-input.ts'
import { whichLine } from './which-line.ts'

const refused = (status: number, reason: string): IncomingAnswer => ({ accept: false, status, reason })

/** Asked again with the same Call-ID, it is the same call. While no hub answers it throws: the edge lets it ring and asks again. */
export async function takeIncoming(services: Services, incoming: IncomingCall): Promise<IncomingAnswer> {
  const line = whichLine(await linesOf(services, incoming.trunks), incoming.to)
  if (!line) return refused(404, 'Not Found')
  const number = readNumber(incoming.from)?.number ?? null
  try {
    const { call, leg, token, hub } = await startCall(services, {
      workspaceId: line.workspaceId,
      channelId: line.channelId,
      way: 'sip',
      direction: 'inbound',
      key: `${line.id}/${incoming.sipCallId}`,
      lineId: line.id,
      from: { number, name: incoming.fromName?.slice(0, 100) ?? null },
      to: readNumber(incoming.to)?.number ?? line.number,
      caller: { by: 'carrier' },
    })
    if (call.state === 'ended') return refused(480, 'Temporarily Unavailable')
    const mediaUrl = `${hub.httpUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/carrier`
    return { accept: true, call: call.id, leg, token, mediaUrl }
  } catch (error) {
    if (!(error instanceof AppError) || ['call.unreachable', 'unavailable'].includes(error.code)) throw error
    services.log.warn({ code: error.code, lineId: line.id }, 'a call by SIP could not begin')
    return refused(480, 'Temporarily Unavailable')
  }
}

async function linesOf(services: Services, ids: string[]): Promise<LineRow[]> {
  const lines: LineRow[] = []
  for (const id of new Set(ids)) {
    const place = await findLinePlace(services.db, id)
    if (!place) continue
    const { workspaceId } = place
    const line = await transact({ ...services, workspaceId }, (tx) => findLine(tx, workspaceId, id))
    if (line?.kind === 'sip' && line.enabled && line.archivedAt === null) lines.push(line)
  }
  return lines
}

/** Its stream never came to the hub, which would go on waiting. */
export async function noteGone(services: Services, { call, why }: GoneCall): Promise<void> {
  const workspaceId = await findCallWorkspace(services.db, call)
  if (!workspaceId) return
  const reason = why === 'hung_up' ? 'caller_hung_up' : 'never_came'
  const fact = { seq: 1, call, at: Date.now(), ms: 0, t: 'call.ended', detail: null, reason } as const
  await takeInput(asSystem(services, workspaceId), call, { t: 'fact', fact })
  await services.calls.engine.hangup(call, reason, crypto.randomUUID()).catch(() => {})
}
