/** The door of realtime. */
export { type Hub, startHub } from './hub.ts'
export { realtimeRoutes } from './routes.ts'
