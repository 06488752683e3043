/** The door of Twilio: its webhooks, and calling out by it. */
export { twilioRoutes } from './hooks.ts'
export { twilioWay } from './way.ts'
