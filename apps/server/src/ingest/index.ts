/** The door of ingest: conversations that happen, or happened, elsewhere. */
export { ingestConversation } from './ingest-conversation.ts'
export { ingestConversations } from './ingest-conversations.ts'
export { ingestMessage } from './ingest-message.ts'
export { ingestRoutes } from './routes.ts'
