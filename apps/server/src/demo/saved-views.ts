/** The demo's shared views of the list, kept by Dana. Made when there are none. */
import type { FilterBody } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { createView, listViews } from '../views/index.ts'

const VIEWS: { name: string; filter: FilterBody; layout: 'split' | 'table' }[] = [
  { name: 'Quotes, no reply', filter: { stage: ['quote_request', 'waiting_response'] }, layout: 'split' },
  { name: 'Rated 1–2 this month', filter: { maxRating: 2, lastDays: 31 }, layout: 'table' },
  { name: 'Flagged by review', filter: { flagged: true, stageNot: ['spam'] }, layout: 'table' },
]

export async function saveViews(ctx: Context, memberId: string): Promise<void> {
  const dana: Context = {
    ...ctx,
    actor: { kind: 'operator', id: memberId, name: 'Dana', role: 'supervisor', scopes: ['*'] },
  }
  if ((await listViews(dana)).items.length > 0) return
  for (const view of VIEWS) await createView(dana, { ...view, shared: true, sort: '-lastMessageAt', columns: null })
}
