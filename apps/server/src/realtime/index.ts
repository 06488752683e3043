/** The door of realtime. */
export { Hub } from './hub.ts'
export { realtimeRoutes } from './routes.ts'
