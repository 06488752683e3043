/** Conversations of the labelled data as the analyser reads them. */
import { type ConversationSnapshot, ONLY_SAID, type SnapshotEntry } from '../packages/analysis/src/snapshot.ts'

export interface LabelledConversation {
  id: string
  lang?: string
  messages: { id: string; role: string; text: string; ts?: number | null; action?: string }[]
  labels: Record<string, unknown>
}

const AUTHORS: Record<string, SnapshotEntry['author']> = {
  user: 'contact',
  assistant: 'agent',
  human_agent: 'operator',
}

/** As it lies when the contact has gone: closed, with its calls and their results as functions. */
export function snapshotOf(conversation: LabelledConversation): ConversationSnapshot {
  const entries: SnapshotEntry[] = []
  for (const { role, text, ts, action } of conversation.messages) {
    const at = ts ? new Date(ts * 1000).toISOString() : null
    const position = entries.length + 1
    const author = AUTHORS[role]
    if (author) entries.push({ position, kind: 'message', author, authorName: null, text, at })
    else if (action?.startsWith('call:'))
      entries.push({
        position,
        kind: 'function_call',
        author: 'agent',
        authorName: null,
        text: '',
        at,
        functionCall: call(action, text),
      })
    else if (action?.startsWith('result:')) answerCall(entries.at(-1), text)
  }
  return {
    conversationId: conversation.id,
    language: conversation.lang ?? null,
    channelKind: 'widget',
    agentMode: 'active',
    agentName: null,
    contactName: null,
    startedAt: entries.find(({ at }) => at)?.at ?? '2020-01-01T00:00:00Z',
    status: 'closed',
    ...ONLY_SAID,
    events: [],
    entries,
  }
}

type Call = NonNullable<SnapshotEntry['functionCall']>

const call = (action: string, text: string): Call => ({
  name: action.slice('call:'.length),
  parameters: readJson(text),
  result: null,
  status: 'ok',
  durationMs: null,
})

function answerCall(entry: SnapshotEntry | undefined, text: string): void {
  if (entry?.functionCall) entry.functionCall = { ...entry.functionCall, result: readJson(text) }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
