/** How the queue of a workspace works: what is set, or what Earshot comes with. */
import type { Caps, Load, QueueSettings } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { findSettings, upsertSettings } from './queries-settings.ts'

export const AS_DELIVERED: QueueSettings = {
  caps: { voice: 1, chat: 4, mail: 10 },
  offerSeconds: { voice: 20, chat: 60, mail: 60 },
  firstAnswerMinutes: { voice: 1, chat: 5, mail: 240 },
  nextAnswerMinutes: { voice: 1, chat: 10, mail: 480 },
  offers: true,
  escalateAfterMinutes: null,
}

export const LOADS: readonly Load[] = ['voice', 'chat', 'mail']

export async function readSettings(tx: Tx, workspaceId: string): Promise<QueueSettings> {
  return { ...AS_DELIVERED, ...(await findSettings(tx, workspaceId)) }
}

export function getSettings(ctx: Context): Promise<QueueSettings> {
  return transact(ctx, (tx) => readSettings(tx, ctx.workspaceId))
}

export function setSettings(ctx: Context, settings: QueueSettings): Promise<QueueSettings> {
  return transact(ctx, async (tx) => {
    await upsertSettings(tx, ctx.workspaceId, settings)
    await writeAudit(tx, ctx, 'queue.changed', ctx.workspaceId, settings)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'queue', id: ctx.workspaceId })
    return settings
  })
}

interface OwnCaps {
  capVoice: number | null
  capChat: number | null
  capMail: number | null
}

/** A person's own caps, else the workspace's. */
export const capsOf = (own: OwnCaps, { caps }: QueueSettings): Caps => ({
  voice: own.capVoice ?? caps.voice,
  chat: own.capChat ?? caps.chat,
  mail: own.capMail ?? caps.mail,
})
