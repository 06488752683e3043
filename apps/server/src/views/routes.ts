/** HTTP edge of saved views and of how a person likes the list drawn. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { changeView } from './change-view.ts'
import { countViews } from './count-views.ts'
import { createView } from './create-view.ts'
import { deleteView } from './delete-view.ts'
import { listViews } from './list-views.ts'
import { orderViews } from './order-views.ts'
import { getListPreferences, setListPreferences } from './preferences.ts'

export function viewRoutes(bind: Bind): void {
  bind(api.listViews, (ctx) => listViews(ctx))
  bind(api.countViews, (ctx) => countViews(ctx))
  bind(api.createView, (ctx, { body }) => createView(ctx, body))
  bind(api.changeView, (ctx, { params, body }) => changeView(ctx, params.id, body))
  bind(api.deleteView, (ctx, { params }) => deleteView(ctx, params.id))
  bind(api.orderViews, (ctx, { body }) => orderViews(ctx, body.ids))
  bind(api.getListPreferences, (ctx) => getListPreferences(ctx))
  bind(api.setListPreferences, (ctx, { body }) => setListPreferences(ctx, body))
}
