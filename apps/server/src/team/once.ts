/** Runs a keyed POST once: the first request claims its key, a repeat is given the first one's answer. */
import { ERRORS, type ErrorCode } from '@earshot/contracts'
import type { Answer } from '../platform/bind.ts'
import type { Context, Services } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { NO_WORKSPACE } from './authenticate.ts'
import { claimReply, dropReply, pruneReplies, type ReplyKey, storeReply } from './queries-replies.ts'

interface Refusal {
  code: ErrorCode
  details: Record<string, unknown>
}

/** A refusal is an answer too and is repeated; a failure of ours is not, so that the caller may try again. */
export async function once(
  ctx: Context,
  key: string,
  requestHash: string,
  run: () => Promise<Answer>,
): Promise<Answer> {
  if (ctx.workspaceId === NO_WORKSPACE) return run()
  const at: ReplyKey = { workspaceId: ctx.workspaceId, actor: `${ctx.actor.kind}:${ctx.actor.id ?? ''}`, key }
  const stored = await claimReply(ctx.db, at, requestHash)
  if (stored) return repeat(stored.requestHash === requestHash, stored.status, stored.reply)
  const answer = await run().catch(async (error) => {
    await keepOrForget(ctx, at, requestHash, error)
    throw error
  })
  await storeReply(ctx.db, at, requestHash, answer.status, answer.body)
  return answer
}

async function keepOrForget({ db }: Context, at: ReplyKey, requestHash: string, error: unknown): Promise<void> {
  if (!isAnswer(error)) return dropReply(db, at)
  const refusal: Refusal = { code: error.code, details: error.details }
  return storeReply(db, at, requestHash, ERRORS[error.code].status, refusal)
}

function repeat(isSameRequest: boolean, status: number | null, reply: unknown): Answer {
  if (!isSameRequest) throw new AppError('idempotency.conflict')
  if (status === null) throw new AppError('idempotency.running')
  if (status < 400) return { status, body: reply ?? undefined }
  const { code, details } = reply as Refusal
  throw new AppError(code, details)
}

/** "Too many requests" asks for the same request later, so it must not become the answer for a day. */
function isAnswer(error: unknown): error is AppError {
  return error instanceof AppError && ERRORS[error.code].status < 500 && error.code !== 'request.rate_limited'
}

/** Removes what is older than 24 hours, of all workspaces. */
export const pruneStoredReplies = (services: Pick<Services, 'db'>): Promise<number> => pruneReplies(services.db)
