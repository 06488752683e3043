/** A message from elsewhere as an item of the log. The same message always becomes the same item, so that a repeat is a duplicate. */
import type { IngestAttachment, IngestMessage } from '@earshot/contracts'
import type { AppendItem, EntryData, StoredAttachment } from '../conversations/index.ts'
import { idFrom, type KeptFiles } from './keep-files.ts'

const NONE: KeptFiles = new Map()

export interface Place {
  workspaceId: string
  conversationId: string
  origin: 'ingest' | 'history'
}

export function asItem(place: Place, message: IngestMessage, kept: KeptFiles = NONE, keyPrefix = ''): AppendItem {
  return {
    ...place,
    kind: message.functionCall ? 'function_call' : (message.kind ?? 'message'),
    author: { kind: message.author, id: null, name: message.authorName ?? null },
    text: message.text ?? null,
    data: dataOf(message, kept),
    clientKey: `${keyPrefix}x:${message.externalId}`,
    epoch: message.epoch ?? null,
    at: message.at ? new Date(message.at) : null,
    usage: message.usage ? { ...message.usage, costUsd: message.usage.costUsd ?? 0 } : null,
  }
}

function dataOf({ functionCall, attachments }: IngestMessage, kept: KeptFiles): EntryData | null {
  const data: EntryData = {}
  if (functionCall) {
    const { name, parameters = {}, result = null, status, durationMs = null } = functionCall
    data.functionCall = { name, parameters, result, status, durationMs }
  }
  if (attachments && attachments.length > 0) {
    data.attachments = attachments.map((given, i) => kept.get(given) ?? linkOf(given, i))
  }
  return Object.keys(data).length > 0 ? data : null
}

/** What is not kept here stays a link. */
function linkOf({ name = '', url = '', mediaType }: IngestAttachment, i: number): StoredAttachment {
  const id = idFrom(`${i} ${name} ${url}`)
  return { id, name, mediaType: mediaType ?? 'application/octet-stream', size: 0, externalUrl: url }
}
