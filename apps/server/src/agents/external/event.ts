/** What an agent that lives elsewhere is sent: the conversation, who it is with, and what was said. */
import { getConversation } from '../../conversations/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Said } from '../answer.ts'
import type { ToAnswer } from '../to-answer.ts'

const MOST_MESSAGES = 50

/** `replyUrl`: where a later answer goes; null in a test, which awaits none. */
export async function writeEvent(
  ctx: Context,
  { question, brief, turn, agent }: ToAnswer,
  replyUrl: string | null,
): Promise<string> {
  const messages = [...question.history, ...question.unanswered].slice(-MOST_MESSAGES)
  const about = turn ? await aboutConversation(ctx, turn.conversationId, turn.epoch) : NOBODY
  return JSON.stringify({
    type: 'message.created',
    timestamp: new Date().toISOString(),
    data: {
      ...about,
      test: turn === undefined,
      agent: { id: agent.id, name: agent.name },
      messages: messages.map(toLine),
      brief,
      reply_url: replyUrl,
      seq: turn?.through ?? messages.at(-1)?.position ?? 1,
    },
  })
}

const NOBODY = { conversation: null, contact: null, memory: {} }

async function aboutConversation(ctx: Context, id: string, epoch: number) {
  const { number, status, control, channel, language, stage, tags, flow, startedAt, contact, memory } =
    await getConversation(ctx, id)
  const conversation = { id, number, epoch, status, control, channel, language, stage, tags, flow, startedAt }
  return { conversation, contact, memory }
}

const toLine = ({ position, author, name, text }: Said) => ({ position, author, name, text })
