/** Questions that are out: opened with a one-time token for a later answer, closed when the turn ends, watched while it waits. */
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, transact } from '../../platform/context.ts'
import type { ToAnswer } from '../to-answer.ts'
import { endCall, insertCall, moveDeadline, readCallState } from './queries-external.ts'

export interface OpenCall {
  id: string
  replyUrl: string
}

/** Whoever waits looks again this often without news: a notification may be lost, a row is not. */
const LOOK_MS = 5000

export async function openCall(ctx: Context, { agent, turn }: ToAnswer, holdsMs: number): Promise<OpenCall> {
  if (!turn) throw new Error('only a turn of a conversation is answered later')
  const secret = randomBytes(24).toString('base64url')
  const id = await transact(ctx, (tx) =>
    insertCall(tx, {
      workspaceId: ctx.workspaceId,
      conversationId: turn.conversationId,
      agentId: agent.id,
      epoch: turn.epoch,
      through: turn.through,
      turnId: turn.turnId(),
      tokenHash: hashOf(secret),
      holdsMs,
    }),
  )
  const token = `${packed(ctx.workspaceId)}.${packed(id)}.${secret}`
  return { id, replyUrl: new URL(`/api/v1/agent-replies/${token}`, ctx.team.baseUrl).href }
}

/** Where a token points; nothing is proven by that. */
export function readToken(token: string): { workspaceId: string; id: string; hash: Buffer } | undefined {
  const [workspace, call, secret] = token.split('.')
  const workspaceId = unpacked(workspace)
  const id = unpacked(call)
  return workspaceId && id && secret ? { workspaceId, id, hash: hashOf(secret) } : undefined
}

export const closeCall = (ctx: Context, { id }: OpenCall): Promise<'over' | 'answered'> =>
  transact(ctx, (tx) => endCall(tx, ctx.workspaceId, id))

/** True when the answer has come; the signal ends the wait with its reason. */
export async function waitForAnswer(
  ctx: Context,
  { id }: OpenCall,
  { limitMs, signal, news }: { limitMs: number; signal: AbortSignal; news: (() => Promise<void>) | undefined },
): Promise<boolean> {
  const { workspaceId } = ctx
  const until = performance.now() + limitMs
  await transact(ctx, (tx) => moveDeadline(tx, workspaceId, id, limitMs))
  for (;;) {
    signal.throwIfAborted()
    const state = await transact(ctx, (tx) => readCallState(tx, workspaceId, id))
    if (state !== 'open') return state === 'answered'
    const leftMs = until - performance.now()
    if (leftMs <= 0) return (await closeCall(ctx, { id, replyUrl: '' })) === 'answered'
    const pause = new AbortController()
    const both = AbortSignal.any([signal, pause.signal])
    const slept = sleep(Math.min(LOOK_MS, leftMs), undefined, { signal: both }).catch(() => undefined)
    await Promise.race([slept, ...(news ? [news()] : [])])
    pause.abort()
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
const packed = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')

function unpacked(text: string | undefined): string | undefined {
  const hex = Buffer.from(text ?? '', 'base64url').toString('hex')
  if (hex.length !== 32) return undefined
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
