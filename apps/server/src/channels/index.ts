/** The door of channels: the ways in, what comes in by them, and the web chat. */
export { accessChannel, listChannels } from './access.ts'
export { blockContact, liftExpiredBlocks, unblockContact } from './block-contact.ts'
export { changeChannel, putAway, putChannel } from './change.ts'
export { addChannel, createChannel, createDefaultChannels } from './create.ts'
export { findNewestConversation, findWhoAnswers } from './queries.ts'
export { type Inbound, type Received, receive } from './receive.ts'
export { channelRoutes } from './routes.ts'
export {
  createLimit,
  currentTalk,
  mayCall,
  noteTalk,
  openTalk,
  readTalk,
  type Visitor,
  type VisitorDoor,
  VisitorStreams,
  visitorContext,
  visitorRouter,
  type WebchatParts,
  webchatRoutes,
} from './webchat/index.ts'
