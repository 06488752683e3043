/** Tells the knowledge base what was asked, and which article answered or that none did. */
import { noteQuestion } from '../knowledge/index.ts'
import type { Context } from '../platform/context.ts'
import type { Answer } from './answer.ts'
import type { OpenTurn } from './read-turn.ts'

/** Told twice, it stands once. */
export async function noteAsked(
  ctx: Context,
  conversationId: string,
  turn: OpenTurn,
  { citations, note, handoff }: Pick<Answer, 'citations' | 'note' | 'handoff'>,
): Promise<void> {
  const foundNothing = note?.kind === 'not_found' || handoff?.reason === 'nothing_found'
  if (citations.length === 0 && !foundNothing) return
  const asked = turn.question.unanswered.map(({ text }) => text).join('\n')
  const articleIds = [...new Set(citations.map(({ articleId }) => articleId))]
  await noteQuestion(ctx, { conversationId, position: turn.through, question: asked, articleIds })
}
