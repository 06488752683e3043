/** Where conversations of a page match, and all places inside one: what a person steps through. */
import type { listMatches as endpoint, SearchMatch } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { accessConversation } from '../access.ts'
import { findMatches, findPlaces, readTerm, type Term } from './queries-search.ts'
import { snippetOf } from './snippet.ts'

const MOST = 1000

type Wanted = z.output<typeof endpoint.query>

export function listMatches(
  ctx: Context,
  id: string,
  { q, of, exact }: Wanted,
): Promise<z.output<typeof endpoint.reply>> {
  return transact(ctx, async (tx) => {
    const conversation = await accessConversation(tx, ctx, id)
    const term = await readTerm(tx, ctx.workspaceId, q)
    const rows =
      term.term === '' ? [] : await findMatches(tx, ctx.workspaceId, id, { ...term, q: q.trim(), of, exact }, MOST)
    const items = rows.map(({ position, kind, text }) => ({
      position,
      field: kind,
      ...snippetOf(text, term.term, null),
    }))
    return { conversationId: conversation.id, items: items.reverse(), total: rows[0]?.total ?? 0 }
  })
}

export async function matchesOf(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  term: Term,
): Promise<Map<string, SearchMatch>> {
  const found = new Map<string, SearchMatch>()
  if (ids.length === 0) return found
  for (const { id, position, field, value } of (await findPlaces(tx, workspaceId, ids, term)).values())
    if (field !== null && value !== null)
      found.set(id, { position, field, ...snippetOf(value, term.term, field === 'contactPhone' ? term.phone : null) })
  return found
}
