/** A message from elsewhere as an item of the log. The same message always becomes the same item, so that a repeat is a duplicate. */
import { createHash } from 'node:crypto'
import type { IngestMessage } from '@earshot/contracts'
import type { AppendItem, EntryData } from '../conversations/index.ts'

export interface Place {
  workspaceId: string
  conversationId: string
  origin: 'ingest' | 'history'
}

export function asItem(place: Place, message: IngestMessage): AppendItem {
  return {
    ...place,
    kind: message.functionCall ? 'function_call' : (message.kind ?? 'message'),
    author: { kind: message.author, id: null, name: message.authorName ?? null },
    text: message.text ?? null,
    data: dataOf(message),
    clientKey: `x:${message.externalId}`,
    epoch: message.epoch ?? null,
    at: message.at ? new Date(message.at) : null,
    usage: message.usage ? { ...message.usage, costUsd: message.usage.costUsd ?? 0 } : null,
  }
}

function dataOf({ functionCall, attachments }: IngestMessage): EntryData | null {
  const data: EntryData = {}
  if (functionCall) {
    const { name, parameters = {}, result = null, status, durationMs = null } = functionCall
    data.functionCall = { name, parameters, result, status, durationMs }
  }
  if (attachments && attachments.length > 0) {
    data.attachments = attachments.map(({ name, url, mediaType }, i) => ({
      id: idFrom(`${i} ${name} ${url}`),
      name,
      mediaType: mediaType ?? 'application/octet-stream',
      size: 0,
      externalUrl: url,
    }))
  }
  return Object.keys(data).length > 0 ? data : null
}

/** A uuid (version 8) that says nothing but is always the same for the same text. */
function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
