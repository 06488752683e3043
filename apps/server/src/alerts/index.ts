/** The door of alerts: a metric or a flag that passes a threshold, told once. */
import type { Services } from '../platform/context.ts'
import { pruneAlertRows } from './queries.ts'

export { callAlertWebhooks } from './call-webhook.ts'
export { createAlert, listAlerts } from './edit.ts'
export { lookAtAlerts } from './look.ts'
export { alertRoutes } from './routes.ts'

export const pruneAlerts = (services: Services): Promise<void> => pruneAlertRows(services.db)
