/** HTTP edge of channels, and of blocking, which reaches the conversations of a contact on one channel. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { listChannels } from './access.ts'
import { blockContact, unblockContact } from './block-contact.ts'
import { archiveChannel, changeChannel } from './change.ts'
import { createChannel } from './create.ts'

export function channelRoutes(bind: Bind): void {
  bind(api.listChannels, (ctx, { query }) => listChannels(ctx, query))
  bind(api.createChannel, (ctx, { body }) => createChannel(ctx, body))
  bind(api.changeChannel, (ctx, { params, body }) => changeChannel(ctx, params.id, body))
  bind(api.archiveChannel, (ctx, { params }) => archiveChannel(ctx, params.id))
  bind(api.blockContact, (ctx, { params, body }) =>
    blockContact(ctx, params.id, {
      channelId: body.channelId,
      reason: body.reason ?? null,
      expiresAt: body.expiresAt ? new Date(body.expiresAt) : null,
    }),
  )
  bind(api.unblockContact, (ctx, { params, body }) => unblockContact(ctx, params.id, body.channelId))
}
