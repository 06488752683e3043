/** What a chat channel's settings hold, with what is left out filled in. */
import type { WidgetSettings } from '@earshot/contracts'
import type { z } from 'zod'

export type ChatSettings = z.infer<typeof WidgetSettings>

export const DEFAULT_SETTINGS: ChatSettings = {
  allowedOrigins: [],
  color: '#7448d8',
  greeting: 'How can we help?',
  showPoweredBy: true,
  tracking: false,
  voice: false,
}

export const readSettings = (stored: unknown): ChatSettings => ({
  ...DEFAULT_SETTINGS,
  ...(stored as Partial<ChatSettings>),
})

/** Channel kinds that are chats of our own, with a widget or a hosted page. */
export const isChat = (kind: string): boolean => kind === 'widget' || kind === 'web'
