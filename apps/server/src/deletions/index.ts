/** The door of deletions: conversations go for good, and a tombstone stays. */
export { deleteConversation } from './delete-conversation.ts'
export { deletionJob } from './delete-many.ts'
export { sweepDeletions } from './finish-deletion.ts'
export { deletionRoutes } from './routes.ts'
