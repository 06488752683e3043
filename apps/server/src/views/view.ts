/** Rows of saved views → what the contracts promise. */
import type { FilterBody, ListColumn, SavedView, Sort } from '@earshot/contracts'
import type { ViewRow } from './queries.ts'

export const showView = (row: ViewRow, position: number): SavedView => ({
  id: row.id,
  name: row.name,
  shared: row.shared,
  owner: { id: row.ownerId, name: row.ownerName },
  filter: row.filter as FilterBody,
  sort: row.sort as Sort,
  layout: row.layout,
  columns: row.columns as ListColumn[] | null,
  position,
})
