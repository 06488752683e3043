/** A call as its caller may see it: who speaks, how long to wait, how it ended. Nothing of listeners, coaching, or numbers. */
import type { CallEnd, VisitorCall, VoiceNow } from '@earshot/contracts'
import type { Visitor } from '../../channels/index.ts'
import { visitorContext } from '../../channels/index.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { announcementOf, voiceSettingsOf } from '../lines/index.ts'
import { type CallRow, findCall } from '../queries.ts'
import { findNames, findPositions } from '../queries-view.ts'
import { findShownCall } from './queries.ts'

const STATES: Record<CallRow['state'], VisitorCall['state']> = {
  ringing: 'ringing',
  ai: 'agent',
  takeover: 'person',
  human: 'person',
  queued: 'waiting',
  transferring: 'outside',
  transferred: 'outside',
  ended: 'ended',
}

const YOURS: readonly CallEnd[] = ['contact_hung_up', 'left_queue']
const LOST: readonly CallEnd[] = ['connection_lost', 'agent_failed']
const FAILED: readonly CallEnd[] = ['failed', 'no_answer', 'busy', 'rejected']

function endOf(reason: CallEnd | null): VisitorCall['end'] {
  if (reason === null) return null
  if (YOURS.includes(reason)) return 'you'
  if (LOST.includes(reason)) return 'lost'
  return FAILED.includes(reason) ? 'failed' : 'us'
}

export const viewVisitorCall = (ctx: Context, call: CallRow): Promise<VisitorCall> =>
  transact(ctx, (tx) => viewInside(tx, ctx, call))

async function viewInside(tx: Tx, { workspaceId }: Pick<Context, 'workspaceId'>, call: CallRow): Promise<VisitorCall> {
  const state = STATES[call.state]
  const names = await findNames(tx, workspaceId, [call], [])
  const name = state === 'person' ? names.members.get(call.holderId ?? '') : names.agents.get(call.agentId ?? '')
  const position = state === 'waiting' ? (await findPositions(tx, workspaceId)).get(call.id) : undefined
  return {
    id: call.id,
    state,
    name: state === 'person' || state === 'agent' ? (name ?? null) : null,
    position: position ?? null,
    recording: call.recording === 'on' || call.recording === 'paused' ? call.recording : 'off',
    startedAt: call.startedAt.toISOString(),
    answeredAt: call.answeredAt?.toISOString() ?? null,
    endedAt: call.endedAt?.toISOString() ?? null,
    end: endOf(call.endReason as CallEnd | null),
  }
}

export function readVoice(services: Services, visitor: Visitor): Promise<VoiceNow> {
  const ctx = visitorContext(services, visitor)
  const { contactId, channelId } = visitor
  return transact(ctx, async (tx) => {
    const settings = await voiceSettingsOf(tx, ctx.workspaceId)
    const id = contactId === null ? undefined : await findShownCall(tx, ctx.workspaceId, contactId, channelId)
    const call = id === undefined ? undefined : await findCall(tx, ctx.workspaceId, id)
    return {
      call: call ? await viewInside(tx, ctx, call) : null,
      notice: { recorded: settings.record, text: announcementOf(settings, null) ?? '' },
    }
  })
}
