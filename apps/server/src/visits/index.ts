/** The door of visits: what the tracker saw, whose it is, and the rules it evaluates. */
export { callWebhooks, openTriggerCalls } from './call-webhooks.ts'
export { type Geo, openGeo } from './geo/index.ts'
export { linkVisit } from './link-visit.ts'
export { visitRoutes } from './routes.ts'
export { createRule, listRules, readActiveRules } from './rules.ts'
export { type PastVisit, storePastVisit } from './store-past.ts'
export { trackVisit } from './track.ts'
