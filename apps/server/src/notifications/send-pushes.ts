/** Send pushes: takes what is due, with a lease, and gives up after some tries. A push met twice replaces itself by its tag. */
import { asSystem, type Services, transact } from '../platform/context.ts'
import { deliver, type PushMessage } from './deliver.ts'
import {
  type ClaimedPush,
  claimPushes,
  deletePush,
  findPush,
  type PushToSend,
  putOffPush,
  removeBrowserRow,
} from './queries-push.ts'

const AT_ONCE = 20
const LEASE_S = 60
const TRIES = 5

export async function sendPushes(services: Services): Promise<number> {
  const claimed = await claimPushes(services.db, AT_ONCE, LEASE_S)
  await Promise.all(claimed.map((push) => send(services, push)))
  return claimed.length
}

async function send(services: Services, claimed: ClaimedPush): Promise<void> {
  const ctx = asSystem(services, claimed.workspaceId)
  const push = await transact(ctx, (tx) => findPush(tx, claimed))
  // Read meanwhile, or the browser is somebody else's by now.
  if (!push || push.readAt) return transact(ctx, (tx) => deletePush(tx, claimed))
  const result = await deliver(services, push, wordsOf(push))
  await transact(ctx, async (tx) => {
    if (result.gone) await removeBrowserRow(tx, claimed.workspaceId, { id: push.browserId })
    else if (result.problem === null || push.attempts >= TRIES) await deletePush(tx, claimed)
    else await putOffPush(tx, claimed, result.retryAfterS ?? 5 * 3 ** push.attempts)
  })
}

const TITLES: Record<string, string> = {
  handoff: 'needs a human',
  offer: 'is offered to you',
  assigned: 'was given to you',
  mention: 'You were mentioned',
  reply: 'answered',
  sla: 'waits past the target',
}

/** Names and what happened, no words of the conversation: the browser shows it on a locked screen. */
function wordsOf({
  kind,
  contactName,
  number,
  byName,
  conversationId,
  reason,
  notificationId,
}: PushToSend): PushMessage {
  if (conversationId === null)
    return { title: byName ?? 'Alert', body: reason ?? '', url: '/settings/alerts', tag: `alert:${notificationId}` }
  const who = contactName?.slice(0, 100) || 'Anonymous visitor'
  const title = kind === 'mention' ? `${byName ?? 'Somebody'} mentioned you` : `${who} ${TITLES[kind] ?? ''}`.trim()
  const body = kind === 'mention' ? `In the conversation with ${who}, #${number}` : `Conversation #${number}`
  return { title, body, url: `/conversations/${conversationId}`, tag: `${kind}:${conversationId}` }
}
