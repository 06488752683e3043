/** Preview: who would get what and when, if a plan were on. The same judgement as the sending, and nothing is sent. */
import { type FollowUpPreview, fillVariables } from '@earshot/contracts'
import { accessConversation } from '../conversations/index.ts'
import { readNow } from '../hours/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { readValues } from '../replies/index.ts'
import { judge, type Verdict } from './judge.ts'
import { saysStop } from './opt-out-words.ts'
import { findPlan, type PlanRow } from './queries.ts'
import { findLastWords, findSilent, type Silent } from './queries-silent.ts'

const MOST_JUDGED = 5000
const MOST_SHOWN = 100
const WORDS_READ = 50

export function previewPlan(ctx: Context, id: string): Promise<FollowUpPreview> {
  return transact(ctx, async (tx) => {
    const plan = await findPlan(tx, ctx.workspaceId, id)
    if (!plan) throw new AppError('follow_up.not_found')
    return previewInside(tx, ctx, plan)
  })
}

type Judged = { silent: Silent; verdict: Verdict }

export async function previewInside(tx: Tx, ctx: Context, plan: PlanRow): Promise<FollowUpPreview> {
  const now = await readNow(tx)
  const counts = { due: 0, later: 0, too_late: 0, opted_out: 0, no_window: 0 }
  const coming: Judged[] = []
  for (const silent of await findSilent(tx, plan, { limit: MOST_JUDGED })) {
    const verdict = judge(plan, silent, now)
    if (!verdict) continue
    const state = verdict.state === 'due' && (await saidStop(tx, ctx, silent)) ? 'opted_out' : verdict.state
    counts[state]++
    if (state === 'due' || state === 'later') coming.push({ silent, verdict })
  }
  coming.sort((a, b) => a.verdict.dueAt.getTime() - b.verdict.dueAt.getTime())
  const items: FollowUpPreview['items'] = []
  for (const one of coming.slice(0, MOST_SHOWN)) items.push(await show(tx, ctx, one))
  const { due, later, too_late: tooLate, no_window: noWindow, opted_out: optedOut } = counts
  return { now: due, later, tooLate: tooLate + noWindow, optedOut, items }
}

const saidStop = async (tx: Tx, ctx: Context, { contactId }: Silent): Promise<boolean> =>
  (await findLastWords(tx, ctx.workspaceId, contactId, WORDS_READ)).some(saysStop)

async function show(tx: Tx, ctx: Context, { silent, verdict }: Judged): Promise<FollowUpPreview['items'][number]> {
  const { conversationId, contactId, contactName } = silent
  const text =
    verdict.text &&
    fillVariables(verdict.text, await readValues(tx, await accessConversation(tx, ctx, conversationId), null)).text
  return {
    conversationId,
    contact: { id: contactId, name: contactName },
    step: verdict.text === null ? null : verdict.step,
    text,
    dueAt: verdict.dueAt.toISOString(),
    isDue: verdict.state === 'due',
  }
}
