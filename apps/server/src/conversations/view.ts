/** Rows of the log → what the contracts promise. The one bridge between the two. */
import type { Conversation, Entry, JsonValue } from '@earshot/contracts'
import { openData } from './entry-data.ts'
import type { ConversationRow, EntryRow } from './queries.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const latest = (a: Date | null, b: Date | null): Date | null => (!a ? b : !b || a > b ? a : b)

export function viewConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    number: row.number,
    sessionId: row.sessionId,
    title: row.title,
    status: row.status,
    control: row.control,
    epoch: row.epoch,
    blocked: row.blocked,
    handoff: viewHandoff(row),
    outcome: row.outcome,
    endReason: row.endReason,
    resolution: row.resolution as Conversation['resolution'],
    stage: { key: row.stageKey, name: row.stageName, category: row.stageCategory, color: row.stageColor },
    channel: { id: row.channelId, kind: row.channelKind as Conversation['channel']['kind'], name: row.channelName },
    agent: row.agentId
      ? { id: row.agentId, name: row.agentName ?? '', mode: row.agentMode ?? 'active', version: row.agentVersion }
      : null,
    flow: row.flowId ? { id: row.flowId, name: row.flowName ?? '' } : null,
    contact: {
      id: row.contactId,
      name: row.contactName,
      email: row.contactEmail,
      phone: row.contactPhone,
      lastActiveAt: iso(latest(row.contactActiveAt, row.lastContactAt)),
    },
    assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? '' } : null,
    messageCount: row.messageCount,
    unreadCount: row.unread,
    readPosition: row.readPosition,
    lastPosition: row.lastPosition,
    log: row.log,
    preview: viewPreview(row),
    tokens: { input: row.tokensIn, output: row.tokensOut },
    costUsd: row.costUsd,
    rating: row.rating === null ? null : { stars: row.rating, comment: row.ratingComment },
    quality: row.quality,
    tone: row.tone as Conversation['tone'],
    emotions: row.emotions as Conversation['emotions'],
    flagCount: row.flagCount,
    functions: row.functions,
    tags: row.tags.map(viewTag),
    memory: row.memory as Record<string, JsonValue>,
    hasAudio: row.hasAudio,
    converted: row.converted,
    language: row.language,
    startedAt: row.startedAt.toISOString(),
    lastMessageAt: row.lastMessageAt.toISOString(),
    endedAt: iso(row.endedAt),
    durationMs: Math.max(0, row.lastMessageAt.getTime() - row.startedAt.getTime()),
    reviewedAt: iso(row.reviewedAt),
    previousId: row.previousId,
    priority: row.priority,
    snooze: viewSnooze(row),
    woken: row.wokenAt ? { at: row.wokenAt.toISOString(), reason: row.wokenBy === 'reply' ? 'reply' : 'time' } : null,
    outcomeBy: row.outcomeBy,
  }
}

function viewHandoff(row: ConversationRow): Conversation['handoff'] {
  if (row.handoffState === 'none') return null
  return { state: row.handoffState, reason: row.handoffReason, by: row.handoffBy, requestedAt: iso(row.handoffAt) }
}

function viewSnooze(row: ConversationRow): Conversation['snooze'] {
  if (!row.snoozedAt) return null
  return { at: row.snoozedAt.toISOString(), until: iso(row.snoozedUntil), untilReply: row.snoozeUntilReply }
}

function viewPreview(row: ConversationRow): Conversation['preview'] {
  if (row.previewAuthor === '') return null
  return { author: row.previewAuthor as Entry['author']['kind'], text: row.preview }
}

/** Tags are stored as `key:value`; a tag without a colon has an empty value. */
export function viewTag(tag: string): { key: string; value: string } {
  const colon = tag.indexOf(':')
  return colon < 0 ? { key: tag, value: '' } : { key: tag.slice(0, colon), value: tag.slice(colon + 1) }
}
export const storeTag = (tag: { key: string; value: string }): string =>
  tag.value === '' ? tag.key : `${tag.key}:${tag.value}`

/** What can be listened to: the first attachment that is sound; or a stretch of the call in which it was said. */
function viewAudio(data: EntryRow['data']): Entry['audio'] {
  const sound = data?.attachments?.find(({ mediaType }) => mediaType.startsWith('audio/'))
  if (sound) return { id: sound.id, durationMs: sound.durationMs ?? 0 }
  return data?.call ? { id: data.call.callId, durationMs: Math.max(0, data.call.endMs - data.call.startMs) } : null
}

export function viewEntry(row: EntryRow): Entry {
  const data = row.data
  return {
    position: row.position,
    kind: row.kind,
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    text: row.text,
    attachments: (data?.attachments ?? []).map((a) => ({
      id: a.id,
      name: a.name,
      mediaType: a.mediaType,
      size: a.size,
      url: a.externalUrl ?? `/api/v1/files/${a.id}`,
      ...(a.durationMs !== undefined && { durationMs: a.durationMs }),
    })),
    audio: viewAudio(data),
    functionCall: data?.functionCall ?? null,
    data: openData(data),
    at: row.at.toISOString(),
    delivery: null,
    clientKey: row.clientKey?.startsWith('~') ? null : row.clientKey,
  }
}
