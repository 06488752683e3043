/** Start a visitor's call: in the conversation it has, else in a new one; again while it runs, it gets the same call. */
import type { StartVoice, VoiceStarted } from '@earshot/contracts'
import type { z } from 'zod'
import { mayCall, noteTalk, openTalk, readTalk, type Visitor, visitorContext } from '../../channels/index.ts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { type CallRow, findByKey, findRunningOf } from '../queries.ts'
import { prepareCall, startCall } from '../start-call.ts'
import { mediaUrlOf, type Reached } from './media-url.ts'
import { findTalkIds } from './queries.ts'
import { viewVisitorCall } from './view-visitor-call.ts'

type Given = z.output<typeof StartVoice>

export async function startVoice(
  services: Services,
  visitor: Visitor,
  given: Given,
  reached: Reached,
  /** Called before a call is really begun, to refuse floods. */
  countNew: () => void,
): Promise<VoiceStarted> {
  const ctx = visitorContext(services, visitor)
  const running = await findRunning(ctx, visitor, given.key)
  if (running) {
    // The hub may have lost it; told again, one that has it changes nothing.
    if (running.state !== 'ended') await prepareCall(services, running)
    return replyOf(ctx, running, reached)
  }
  if (!(await mayCall(ctx, visitor.channelId))) throw new AppError('call.not_offered')
  countNew()
  const talk = await openTalk(ctx, visitor, given)
  const { contactId, conversationId } = talk
  const { call } = await startCall(services, {
    workspaceId: ctx.workspaceId,
    channelId: visitor.channelId,
    way: 'web',
    direction: 'inbound',
    key: keyOf(contactId, given.key),
    from: {},
    contactId,
    conversationId,
    caller: { by: 'browser' },
  })
  await noteTalk(ctx, visitor, { contactId, conversationId: call.conversationId, visitor: given.visitor })
  return replyOf(ctx, call, reached)
}

/** Somebody else's key is another call. */
const keyOf = (contactId: string, key: string): string => `${contactId}:${key}`

/** The one of this key, also when it is over; else the one that runs in a conversation of the visitor's. */
async function findRunning(ctx: Context, { contactId, channelId }: Visitor, key: string): Promise<CallRow | undefined> {
  if (contactId === null) return undefined
  return transact(ctx, async (tx) => {
    const named = await findByKey(tx, ctx.workspaceId, 'web', keyOf(contactId, key))
    if (named) return named
    const ids = await findTalkIds(tx, ctx.workspaceId, contactId, channelId)
    const running = ids.length > 0 ? await findRunningOf(tx, ctx.workspaceId, ids) : []
    return running.find(({ way }) => way === 'web')
  })
}

async function replyOf(ctx: Context, call: CallRow, reached: Reached): Promise<VoiceStarted> {
  const isOver = call.state === 'ended'
  return {
    call: await viewVisitorCall(ctx, call),
    conversation: await readTalk(ctx, call.conversationId),
    mediaUrl: isOver ? null : mediaUrlOf(ctx, call, reached),
  }
}
