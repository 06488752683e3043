/** The door of exports: conversations leave as they may come back. */
export { exportConversations } from './export-conversations.ts'
