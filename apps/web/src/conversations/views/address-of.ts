/** The address of a saved view: its filters stand in it, so that the link works for whoever gets it. */
import type { SavedView } from '@earshot/contracts'
import { type ConversationSearch, DEFAULT_SORT, fromBody } from '../search.ts'

export const addressOf = (view: SavedView): ConversationSearch => ({
  ...fromBody(view.filter),
  sort: view.sort === DEFAULT_SORT ? undefined : view.sort,
  layout: view.layout,
  savedView: view.id,
})
