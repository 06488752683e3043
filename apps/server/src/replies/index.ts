/** The door of replies: what other slices may use. */
export { createReply, listReplies } from './canned-replies.ts'
export { createMacro, listMacros } from './macros.ts'
export { readValues } from './read-values.ts'
export { replyRoutes } from './routes.ts'
