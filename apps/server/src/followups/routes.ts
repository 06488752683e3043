/** HTTP edge of follow-ups. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getConsent, setConsent } from './consent.ts'
import { listSteps } from './list-steps.ts'
import { changePlan, createPlan, deletePlan, listPlans, switchPlan } from './plans.ts'
import { previewPlan } from './preview.ts'
import { cancelScheduled, getScheduled } from './scheduled.ts'
import { getSettings, setSettings } from './settings.ts'

export function followUpRoutes(bind: Bind): void {
  bind(api.listFollowUps, (ctx) => listPlans(ctx))
  bind(api.createFollowUp, (ctx, { body }) => createPlan(ctx, body))
  bind(api.changeFollowUp, (ctx, { params, body }) => changePlan(ctx, params.id, body))
  bind(api.deleteFollowUp, (ctx, { params }) => deletePlan(ctx, params.id))
  bind(api.previewFollowUp, (ctx, { params }) => previewPlan(ctx, params.id))
  bind(api.switchFollowUp, (ctx, { params, body }) => switchPlan(ctx, params.id, body))
  bind(api.listFollowUpSteps, (ctx, { params, query }) => listSteps(ctx, params.id, query))
  bind(api.getFollowUpConsent, (ctx, { params }) => getConsent(ctx, params.id))
  bind(api.setFollowUpConsent, (ctx, { params, body }) => setConsent(ctx, params.id, body.optedOut))
  bind(api.getScheduledFollowUp, (ctx, { params }) => getScheduled(ctx, params.id))
  bind(api.cancelScheduledFollowUp, (ctx, { params }) => cancelScheduled(ctx, params.id))
  bind(api.getFollowUpSettings, (ctx) => getSettings(ctx))
  bind(api.setFollowUpSettings, (ctx, { body }) => setSettings(ctx, body))
}
