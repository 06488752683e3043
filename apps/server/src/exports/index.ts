/** The door of exports: conversations leave as they may come back, and as documents for people. */
export { exportConversations } from './export-conversations.ts'
export { exportRoutes } from './routes.ts'
