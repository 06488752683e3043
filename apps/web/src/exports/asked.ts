/** Which dialog about taking out, deleting, merging or splitting is open. Menus, rows and bars ask here; the host draws it, once, over everything. */
import type { Conversation, ConversationSelection, ExportColumn } from '@earshot/contracts'
import { createStore } from '../app/store.ts'

/** What the dialogs need to know of a conversation. */
export type Named = Pick<Conversation, 'id' | 'number' | 'contact' | 'status' | 'title'>

export interface Many {
  selection: ConversationSelection
  count: number
  /** After it was asked for: the bar clears its selection. */
  onAsked?: () => void
}

export type Asked =
  | { what: 'transcript'; conversation: Named }
  | { what: 'delete'; conversation: Named }
  | ({ what: 'deleteMany' } & Many)
  | ({ what: 'export'; columns?: readonly ExportColumn[] } & Many)
  | { what: 'merge'; id: string }
  | { what: 'split'; id: string }
  | { what: 'mergeContacts'; id: string }
  | { what: 'downloads' }

export const asked = createStore<Asked | null>(null)

export const askTranscript = (conversation: Named) => asked.set({ what: 'transcript', conversation })
export const askDelete = (conversation: Named) => asked.set({ what: 'delete', conversation })
export const askDeleteMany = (many: Many) => asked.set({ what: 'deleteMany', ...many })
/** `columns` are those the table shows, in its order. */
export const askExport = (many: Many & { columns?: readonly ExportColumn[] }) => asked.set({ what: 'export', ...many })
export const askMerge = (id: string) => asked.set({ what: 'merge', id })
export const askSplit = (id: string) => asked.set({ what: 'split', id })
/** `id` is a contact's. */
export const askMergeContacts = (id: string) => asked.set({ what: 'mergeContacts', id })
export const showDownloads = () => asked.set({ what: 'downloads' })
