/** Every conversation of a workspace, one after the other, in flat memory. */
import type { IngestConversation } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { asIngest } from './as-ingest.ts'
import { type ExportedConversation, type ExportedEntry, findAfterNumber, findSaid } from './queries.ts'

const PAGE = 50

/** In the order of their numbers. A page is one transaction: what is said meanwhile is in it or not, but never half. */
export async function* exportConversations(ctx: Context): AsyncGenerator<IngestConversation> {
  for (let after = 0; ; ) {
    const page = await transact(ctx, async (tx) => {
      const rows = await findAfterNumber(tx, ctx.workspaceId, after, PAGE)
      const ids = rows.map(({ id }) => id)
      return { rows, entries: ids.length > 0 ? await findSaid(tx, ctx.workspaceId, ids) : [] }
    })
    const last = page.rows.at(-1)
    if (!last) return
    yield* joined(page.rows, page.entries, ctx.team.baseUrl)
    after = last.number
  }
}

function joined(rows: ExportedConversation[], entries: ExportedEntry[], baseUrl: string): IngestConversation[] {
  const byConversation = Map.groupBy(entries, ({ conversationId }) => conversationId)
  return rows.map((row) => asIngest(row, byConversation.get(row.id) ?? [], baseUrl))
}
