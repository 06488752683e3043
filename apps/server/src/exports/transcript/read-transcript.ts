/** What a transcript tells: the facts of a conversation and what was said in it, read in one go. */
import { accessConversation, type ConversationRow, viewConversation } from '../../conversations/index.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { findSpoken, type SpokenRow } from '../queries-transcript.ts'

export interface Line {
  position: number
  at: Date
  kind: 'message' | 'note'
  author: { kind: SpokenRow['authorKind']; name: string }
  text: string
  attachments: { name: string; mediaType: string; size: number }[]
  /** Said in a call: when, on the clock of its recording. */
  call: { startMs: number; endMs: number } | null
}

export interface Transcript {
  conversation: ReturnType<typeof viewConversation>
  title: string
  lines: Line[]
}

/** Never coaching: it is between the team and its agent. Notes only when asked for. */
export function readTranscript(ctx: Context, id: string, withNotes: boolean): Promise<Transcript> {
  return transact(ctx, async (tx) => {
    const row = await accessConversation(tx, ctx, id)
    const spoken = await findSpoken(tx, ctx.workspaceId, id, withNotes ? ['message', 'note'] : ['message'])
    return {
      conversation: viewConversation(row),
      title: tidyName(row.title ?? '') || `Conversation ${row.number}`,
      lines: spoken.map((one) => lineOf(one, row)),
    }
  })
}

function lineOf({ position, at, kind, authorKind, authorName, text, data }: SpokenRow, row: ConversationRow): Line {
  return {
    position,
    at,
    kind: kind === 'note' ? 'note' : 'message',
    author: { kind: authorKind, name: tidyName(authorName ?? '') || nameOf(authorKind, row) },
    text: tidyText(text ?? ''),
    attachments: (data?.attachments ?? []).map(({ name, mediaType, size }) => ({
      name: tidyName(name),
      mediaType: tidyName(mediaType),
      size,
    })),
    call: data?.call ? { startMs: data.call.startMs, endMs: data.call.endMs } : null,
  }
}

function nameOf(kind: SpokenRow['authorKind'], row: ConversationRow): string {
  if (kind === 'contact') return tidyName(row.contactName ?? '') || 'Customer'
  if (kind === 'agent') return tidyName(row.agentName ?? '') || 'Agent'
  return kind === 'operator' ? 'Operator' : 'System'
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g
/** Marks that turn the direction of what follows: in a name they would turn the words beside it. */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g

export const tidyText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(CONTROLS, '')
export const tidyName = (name: string): string => tidyText(name).replace(TURNS, '').replace(/\s+/g, ' ').trim()
