/** Ask again: the conversations of a question are played to the agent with today's knowledge, and the answers compared. */
import type { AskedAgain, getUnansweredReplay, Replay, ReplayTurn } from '@earshot/contracts'
import type { z } from 'zod'
import { getReplay, startReplay } from '../agents/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { accessLockedQuestion } from './access.ts'
import { tellInsights } from './change-question.ts'
import { viewQuestion } from './list-questions.ts'
import { type AskingRow, findAskings, updateQuestion } from './queries.ts'
import { type AskedAgainRow, findAskedAgain } from './queries-answer.ts'

const MOST_CONVERSATIONS = 50

export async function replayQuestion(ctx: Context, id: string): Promise<Replay> {
  const askings = await transact(ctx, async (tx) => {
    await viewQuestion(tx, ctx, id)
    return findAskings(tx, ctx.workspaceId, id, { limit: 500 })
  })
  const agentId = mostAsked(askings)
  if (!agentId) throw new AppError('agent.not_found')
  const all = askings.filter((one) => one.agentId === agentId).map(({ conversationId }) => conversationId)
  const conversationIds = [...new Set(all)].slice(0, MOST_CONVERSATIONS)
  const replay = await startReplay(ctx, agentId, { conversationIds })
  await transact(ctx, async (tx) => {
    await accessLockedQuestion(tx, ctx, id)
    await updateQuestion(tx, ctx.workspaceId, id, { replayId: replay.id })
    await tellInsights(tx, ctx)
  })
  return replay
}

function mostAsked(askings: AskingRow[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { agentId } of askings) if (agentId) counts.set(agentId, (counts.get(agentId) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

export async function compareReplay(ctx: Context, id: string): Promise<z.input<typeof getUnansweredReplay.reply>> {
  const found = await transact(ctx, async (tx) => {
    const { replay } = await viewQuestion(tx, ctx, id)
    if (!replay) throw new AppError('replay.not_found')
    return { replay, rows: await findAskedAgain(tx, ctx.workspaceId, id, replay.id) }
  })
  const items = found.rows.map(toAskedAgain)
  const played = items.flatMap(({ turn }) => turn ?? [])
  return {
    replay: await getReplay(ctx, found.replay.agentId, found.replay.id),
    played: played.length,
    answered: played.filter(isAnswered).length,
    items,
  }
}

/** A turn answers several messages at once; its place is that of the last. */
function toAskedAgain({ askingId, conversationId, contactName, position, turns }: AskedAgainRow): AskedAgain {
  const turn = (turns ?? []).find((one) => one.position >= position)
  return { askingId, conversationId, contactName, turn: turn ? knownUnanswered(turn) : null }
}

/** That it was not answered then is known here, also where the log does not say so. */
function knownUnanswered(turn: ReplayTurn): ReplayTurn {
  if (turn.before.by !== 'agent' || turn.before.unanswered) return turn
  const isNew = isAnswered(turn) && (turn.mark === 'changed' || turn.mark === 'equal')
  return { ...turn, before: { ...turn.before, unanswered: true }, mark: isNew ? 'now_answered' : turn.mark }
}

const isAnswered = ({ after }: ReplayTurn): boolean =>
  after.text !== null && !after.unanswered && after.handoff === null && after.error === null
