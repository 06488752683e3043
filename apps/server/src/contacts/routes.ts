/** HTTP edge of contacts. Blocking is bound by channels, which knows the conversations it reaches. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getContact, listContacts } from './access.ts'
import { changeContact } from './change.ts'
import { listContactMerges, listSimilarContacts } from './merge.ts'

export function contactRoutes(bind: Bind): void {
  bind(api.listContacts, (ctx, { query }) => listContacts(ctx, query))
  bind(api.getContact, (ctx, { params }) => getContact(ctx, params.id))
  bind(api.listContactMerges, async (ctx, { params }) => ({
    items: await listContactMerges(ctx, params.id),
    nextCursor: null,
  }))
  bind(api.listSimilarContacts, async (ctx, { params }) => ({
    items: await listSimilarContacts(ctx, params.id),
    nextCursor: null,
  }))
  bind(api.changeContact, (ctx, { params, body }) => changeContact(ctx, params.id, body))
}
