/** The door of the conversation log: what other slices may use. */
export { accessActive, accessConversation, accessLocked, getConversation, listEntries, readEntries } from './access.ts'
export { giveFloor, writeActivity } from './activity.ts'
export type { Append, Appended, AppendItem } from './append.ts'
export { changeUnderLock, rate } from './change.ts'
export { closeConversation, closeInside, reopenConversation, reopenInside } from './close.ts'
export type { EntryData, StoredAttachment } from './entry-data.ts'
export { handBack, handBackInside } from './hand-back.ts'
export { listConversations } from './list.ts'
export { type Merged, mergeMemory } from './memory.ts'
export { findMerged, findMergedOf } from './merge/queries-merged.ts'
export { pruneMerges } from './merge/undo-merge.ts'
export {
  type ConversationRow,
  findConversation,
  findConversations,
  findLogs,
  lockConversation,
  updateConversation,
} from './queries.ts'
export { appendAllInside, appendInside } from './queries-append.ts'
export { foldCells } from './queries-count.ts'
export { isSelected } from './queries-selection.ts'
export { requestHandoff, requestHandoffInside } from './request-handoff.ts'
export { conversationRoutes } from './routes.ts'
export { addNote, refuse, sayAsOperator } from './say.ts'
export { Indexer } from './search/index.ts'
export { countMatches, countSelection, operatorOf, type SelectionPage, selectIds } from './selection.ts'
export { emptyStageKind } from './stages/empty-stage.ts'
export { markBlocked, startConversation } from './start-conversation.ts'
export { changeTagKind, foldTags } from './tags/change-tag.ts'
export { takeOver, takeOverInside } from './take-over.ts'
export { viewConversation, viewEntry } from './view.ts'
export { act, actInside } from './work/act.ts'
export { bulkKind, undoBulkKind } from './work/bulk.ts'
export { listFlags, resolveFlag } from './work/flags.ts'
export { findChange, findLastContactPosition } from './work/queries-changes.ts'
export { countFlags, keepResolutions } from './work/queries-flags.ts'
export { restore } from './work/undo-change.ts'
export { pruneChanges, wakeDue } from './work/wake.ts'
export { Writer } from './writer.ts'
