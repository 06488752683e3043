/** Intents that are missing: what is asked often, and is none of those there are. */
import type { IntentSuggestion } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { workspaceIntentsOf } from '../reviews/index.ts'
import { findQuestions, findWordings } from './queries-list.ts'

const LOOK_AT = 30
const MOST = 8
const EXAMPLES = 10
/** What was asked less often may not be asked again. */
const LEAST = 2

export function suggestIntents(ctx: Context): Promise<{ items: IntentSuggestion[]; nextCursor: null }> {
  return transact(ctx, async (tx) => {
    const { workspaceId } = ctx
    const wanted = { days: 90, states: ['open', 'drafted', 'answered'] as const, limit: LOOK_AT }
    const rows = (await findQuestions(tx, workspaceId, wanted)).filter(({ count }) => count >= LEAST)
    const ids = rows.map(({ id }) => id)
    const wordings = ids.length > 0 ? await findWordings(tx, workspaceId, ids, EXAMPLES) : []
    const intents = await workspaceIntentsOf(tx, workspaceId)
    const items = rows.flatMap(({ id, question, count }): IntentSuggestion[] => {
      const examples = wordings.filter((one) => one.id === id).map((one) => one.question.slice(0, 300))
      const name = (question ?? examples[0] ?? '').slice(0, 60)
      const isNamed = examples.some((example) => intents?.judge(example))
      return name === '' || isNamed ? [] : [{ questionId: id, name, examples, count }]
    })
    return { items: items.slice(0, MOST), nextCursor: null }
  })
}
