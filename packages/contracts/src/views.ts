/** Saved views of the conversations: a filter with a name, kept for oneself or for all; and how a person likes the list drawn. */
import { z } from 'zod'
import { FilterBody, Sort } from './conversation-filter.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name } from './text.ts'

/** The two drawings of one query. */
export const ListLayout = z.enum(['split', 'table'])
export type ListLayout = z.infer<typeof ListLayout>
/** A column of the table: which, how wide in CSS pixels, and whether it stays while the others scroll. */
export const ListColumn = z
  .strictObject({
    key: z.string().min(1).max(40),
    width: z.int().min(40).max(1200).optional(),
    pinned: z.boolean().optional(),
  })
  .meta({ id: 'ListColumn' })
export type ListColumn = z.infer<typeof ListColumn>

const drawing = {
  filter: FilterBody,
  sort: Sort,
  layout: ListLayout,
  columns: z.array(ListColumn).max(40).nullable().meta({ description: 'In order; null: the person’s own.' }),
}

export const SavedView = z
  .object({
    id: Id,
    name: z.string(),
    shared: z.boolean(),
    owner: z.object({ id: Id, name: z.string() }),
    ...drawing,
    position: z.int().nonnegative().meta({ description: 'Its place among the views the caller sees.' }),
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.infer<typeof SavedView>

const read = { role: 'viewer', scope: 'conversations:read' } as const
/** Views belong to a person, so no API key keeps any; everybody may keep their own, operators may share. */
const own = { role: 'viewer', scope: null } as const

export const listViews = endpoint({
  id: 'views.list',
  method: 'GET',
  path: '/api/v1/views',
  summary: 'List the saved views of the caller and the shared ones, in the caller’s order',
  access: read,
  reply: z.object({ items: z.array(SavedView), nextCursor: z.null() }),
})

export const createView = endpoint({
  id: 'views.create',
  method: 'POST',
  path: '/api/v1/views',
  summary: 'Save a view',
  access: own,
  body: z.strictObject({
    name: name(80),
    shared: z.boolean().default(false),
    filter: drawing.filter,
    sort: drawing.sort.default('-lastMessageAt'),
    layout: drawing.layout.default('split'),
    columns: drawing.columns.default(null),
  }),
  reply: SavedView,
  status: 201,
  errors: ['view.too_many'],
})

export const changeView = endpoint({
  id: 'views.change',
  method: 'PATCH',
  path: '/api/v1/views/:id',
  summary: 'Rename, share or redraw a view: its owner, and of shared ones admins',
  access: own,
  params: IdParams,
  body: z.strictObject({
    name: name(80).optional(),
    shared: z.boolean().optional(),
    filter: drawing.filter.optional(),
    sort: drawing.sort.optional(),
    layout: drawing.layout.optional(),
    columns: drawing.columns.optional(),
  }),
  reply: SavedView,
  errors: ['view.not_found'],
})

export const deleteView = endpoint({
  id: 'views.delete',
  method: 'DELETE',
  path: '/api/v1/views/:id',
  summary: 'Delete a view: its owner, and of shared ones admins',
  access: own,
  params: IdParams,
  reply: Done,
  errors: ['view.not_found'],
})

export const orderViews = endpoint({
  id: 'views.order',
  method: 'PUT',
  path: '/api/v1/views/order',
  summary: 'Put the views in an order of one’s own; those not named follow',
  access: own,
  body: z.strictObject({ ids: z.array(Id).max(500) }),
  reply: z.object({ items: z.array(SavedView), nextCursor: z.null() }),
})

export const ViewCounts = z
  .object({ counts: z.record(Id, z.int().nonnegative()) })
  .meta({ id: 'ViewCounts', description: 'How many conversations each saved view of the caller finds.' })
export type ViewCounts = z.infer<typeof ViewCounts>

export const countViews = endpoint({
  id: 'views.count',
  method: 'GET',
  path: '/api/v1/views/counts',
  summary: 'Exact counts of the saved views',
  access: read,
  reply: ViewCounts,
})

/** How a person likes the list drawn, on every device of theirs. */
export const ListPreferences = z
  .strictObject({
    layout: ListLayout.nullable(),
    sort: Sort.nullable(),
    columns: z.array(ListColumn).max(40).nullable(),
  })
  .meta({ id: 'ListPreferences' })
export type ListPreferences = z.infer<typeof ListPreferences>

export const getListPreferences = endpoint({
  id: 'views.getPreferences',
  method: 'GET',
  path: '/api/v1/views/preferences',
  summary: 'Read how the caller likes the list drawn',
  access: own,
  reply: ListPreferences,
})

export const setListPreferences = endpoint({
  id: 'views.setPreferences',
  method: 'PUT',
  path: '/api/v1/views/preferences',
  summary: 'Remember how the caller likes the list drawn',
  access: own,
  body: ListPreferences,
  reply: ListPreferences,
})
