/** The door of exports: conversations leave as they may come back, and as documents for people. */
export { exportConversations } from './export-conversations.ts'
export { exportJob } from './export-job.ts'
export { exportRoutes } from './routes.ts'
export { countExportsWith, sweepExports, withdrawExportsWith } from './withdraw.ts'
