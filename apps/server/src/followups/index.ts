/** The door of follow-ups: what other slices may use. */
export { createPlan, listPlans, switchPlan } from './plans.ts'
export { previewPlan } from './preview.ts'
export { followUpRoutes } from './routes.ts'
export { sweepFollowUps } from './sweep.ts'
