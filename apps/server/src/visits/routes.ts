/** HTTP edge of visits and trigger rules, for operators. What visitors send comes in by the web chat's door. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { readVisit } from './read-visit.ts'
import { changeRule, createRule, deleteRule, listRules, signRule } from './rules.ts'

export function visitRoutes(bind: Bind): void {
  bind(api.getConversationVisit, (ctx, { params, query }) => readVisit(ctx, params.id, query.visitId))
  bind(api.listTriggers, (ctx, { query }) => listRules(ctx, query))
  bind(api.createTrigger, (ctx, { body }) => createRule(ctx, body))
  bind(api.changeTrigger, (ctx, { params, body }) => changeRule(ctx, params.id, body))
  bind(api.signTrigger, (ctx, { params }) => signRule(ctx, params.id))
  bind(api.deleteTrigger, (ctx, { params }) => deleteRule(ctx, params.id))
}
