/** HTTP edge of alerts. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import {
  changeAlert,
  createAlert,
  deleteAlert,
  listAlertChanges,
  listAlerts,
  lookAtDraft,
  quietAlert,
  testAlert,
} from './edit.ts'

export function alertRoutes(bind: Bind): void {
  bind(api.listAlerts, (ctx) => listAlerts(ctx))
  bind(api.createAlert, (ctx, { body }) => createAlert(ctx, body))
  bind(api.lookAtAlert, (ctx, { body }) => lookAtDraft(ctx, body))
  bind(api.changeAlert, (ctx, { params, body }) => changeAlert(ctx, params.id, body))
  bind(api.deleteAlert, (ctx, { params }) => deleteAlert(ctx, params.id))
  bind(api.quietAlert, (ctx, { params, body }) => quietAlert(ctx, params.id, body))
  bind(api.testAlert, (ctx, { params }) => testAlert(ctx, params.id))
  bind(api.listAlertChanges, (ctx, { params, query }) => listAlertChanges(ctx, params.id, query.limit, query.cursor))
}
