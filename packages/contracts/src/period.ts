/** The time that views over many conversations look back on, and which conversations they look at. */
import { z } from 'zod'
import { ChannelKind } from './conversations.ts'
import { Id } from './text.ts'

export const days = z.coerce.number().int().min(1).max(366).default(28)
export const period = {
  days: days.meta({ description: 'How far back to look, from now.' }),
  agentId: Id.optional(),
  channel: ChannelKind.optional(),
}
