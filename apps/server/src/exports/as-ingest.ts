/** A conversation of ours as what ingest takes, so that an export read back is the same conversation again. */
import type { FunctionCall, IngestConversation, IngestMessage, JsonValue } from '@earshot/contracts'
import type { StoredAttachment } from '../conversations/index.ts'
import type { ExportedConversation, ExportedEntry } from './queries.ts'

/** `baseUrl` leads to the files that are kept here. */
export function asIngest(row: ExportedConversation, entries: ExportedEntry[], baseUrl: string): IngestConversation {
  return {
    externalId: row.externalId ?? row.id,
    channel: row.channelKind as NonNullable<IngestConversation['channel']>,
    ...present({ agent: row.agentName, flow: row.flowName, title: row.title, outcome: row.outcome }),
    sessionId: row.sessionId,
    contact: contactOf(row),
    startedAt: row.startedAt.toISOString(),
    ...(row.endedAt && { endedAt: row.endedAt.toISOString() }),
    status: row.status,
    stage: row.stageKey,
    messages: messagesOf(row, entries, baseUrl),
    ...(hasKeys(row.memory) && { memory: row.memory as Record<string, JsonValue> }),
    ...(row.rating !== null && { rating: { stars: row.rating, ...present({ comment: row.ratingComment }) } }),
    ...(row.tags.length > 0 && { tags: row.tags }),
  }
}

/** A contact that no other system named is named by our id, so that two conversations of one person stay one person's. */
function contactOf(row: ExportedConversation): NonNullable<IngestConversation['contact']> {
  return {
    externalId: row.contactExternalId ?? row.contactId,
    ...present({ name: row.contactName, email: row.contactEmail, phone: row.contactPhone }),
    ...(hasKeys(row.contactAttributes) && { attributes: row.contactAttributes as Record<string, JsonValue> }),
  }
}

/** Tokens are counted for the whole, so the last answer carries all of them. */
function messagesOf(row: ExportedConversation, entries: ExportedEntry[], baseUrl: string): IngestMessage[] {
  const messages = entries.filter(saysSomething).map((entry) => messageOf(entry, baseUrl))
  const bearer = messages.findLast(({ author }) => author === 'agent') ?? messages.at(-1)
  const { tokensIn, tokensOut, costUsd } = row
  if (bearer && (tokensIn > 0 || tokensOut > 0 || costUsd > 0)) {
    bearer.usage = { inputTokens: tokensIn, outputTokens: tokensOut, costUsd }
  }
  return messages
}

function messageOf(entry: ExportedEntry, baseUrl: string): IngestMessage {
  const { functionCall, attachments = [] } = (entry.data ?? {}) as {
    functionCall?: FunctionCall
    attachments?: StoredAttachment[]
  }
  return {
    // What came by ingest keeps the id its sender gave; positions never change, so they name the others.
    externalId: entry.clientKey?.startsWith('x:') ? entry.clientKey.slice(2) : `e${entry.position}`,
    author: entry.authorKind,
    ...present({ authorName: entry.authorName, text: entry.text }),
    at: entry.at.toISOString(),
    ...(functionCall && { functionCall: withoutNull(functionCall) }),
    ...(attachments.length > 0 && {
      attachments: attachments.map(({ id, name, mediaType, externalUrl }) => ({
        name,
        mediaType,
        url: externalUrl ?? `${baseUrl}/api/v1/files/${id}`,
      })),
    }),
  }
}

const saysSomething = ({ text, data }: ExportedEntry): boolean => {
  const { functionCall, attachments } = (data ?? {}) as { functionCall?: unknown; attachments?: unknown[] }
  return (text ?? '') !== '' || functionCall !== undefined || (attachments?.length ?? 0) > 0
}

function withoutNull({
  name,
  parameters,
  result,
  status,
  durationMs,
}: FunctionCall): NonNullable<IngestMessage['functionCall']> {
  return { name, parameters, result, status, ...(durationMs !== null && { durationMs }) }
}

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> }

function present<T extends Record<string, string | null>>(given: T): Present<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== '')) as Present<T>
}

const hasKeys = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0
