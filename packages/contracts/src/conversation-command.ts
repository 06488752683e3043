/** A command on one conversation that takes nothing but its id, and may be repeated. */
import { Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { IdParams } from './text.ts'

export const command = (verb: string, summary: string, path: string) =>
  endpoint({
    id: `conversations.${verb}`,
    method: 'POST',
    path: `/api/v1/conversations/:id/${path}`,
    summary,
    access: { role: 'operator', scope: 'conversations:write' },
    params: IdParams,
    reply: Conversation,
    errors: ['conversation.not_found'],
    repeatsSafely: true,
  })
