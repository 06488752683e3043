/** What a conversation in full stands in: over the table, or on a page of its own. */
export type Frame = 'panel' | 'page'
