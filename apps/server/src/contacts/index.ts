/** The door of contacts: the customers, how they are reached, and whether they are blocked. */
export { accessContact, getContact, listContacts, readContact } from './access.ts'
export { type BlockRequest, listExpiredBlocks, putBlock, removeBlock } from './block.ts'
export { changeContact } from './change.ts'
export { findOrCreateContact, type Point } from './find-or-create.ts'
export {
  joinContacts,
  listContactMerges,
  listSimilarContacts,
  partContacts,
  pruneContactMerges,
  readBoth,
} from './merge.ts'
export { type NewContact, updateLastActive as noteContactActive } from './queries.ts'
export { contactRoutes } from './routes.ts'
