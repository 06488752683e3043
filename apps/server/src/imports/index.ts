/** The door of imports: files of conversations, read line by line. Storing them is ingest's. */
export { type ImportParts, importConversations, type Progress } from './import-conversations.ts'
export { MAX_LINE_BYTES, readLines } from './lines.ts'
export { type Read, readConversation, type Wish } from './read-conversation.ts'
