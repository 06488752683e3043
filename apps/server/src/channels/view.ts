/** Rows of channels → what the contracts promise: with the snippet and the address that people are given. */
import type { Channel } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { ChannelRow } from './queries.ts'
import { isChat, readSettings } from './settings.ts'

declare module '../platform/context.ts' {
  interface Services {
    /** Where visitors reach the widget and the hosted chat page: an origin, without a slash. */
    widgetOrigin: string
  }
}

export function viewChannel({ widgetOrigin }: Pick<Context, 'widgetOrigin'>, row: ChannelRow): Channel {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    key: row.key,
    agentId: row.agentId,
    burstMs: row.burstMs,
    reopenHours: row.reopenHours,
    widget: readSettings(row.settings),
    chatUrl: isChat(row.kind) ? `${widgetOrigin}/chat/${row.key}` : null,
    snippet:
      row.kind === 'widget'
        ? `<script async src="${widgetOrigin}/widget.js" data-channel="${row.key}"></script>`
        : null,
    conversationCount: row.conversationCount,
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  }
}
