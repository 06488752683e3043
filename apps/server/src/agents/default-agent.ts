/** The agent a new workspace starts with: it answers from the knowledge base, without any model. */
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { addAgent } from './change-agent.ts'

const INSTRUCTIONS = `Answer questions about our company from the knowledge base. Be friendly and brief.
If you do not know something, say so and offer a person. Promise nothing that the articles do not promise.`

/** In the caller's transaction when one is given. */
export async function createDefaultAgent(ctx: Context, tx?: Tx): Promise<{ id: string }> {
  if (!tx) return transact(ctx, (own) => createDefaultAgent(ctx, own))
  const { id } = await addAgent(ctx, tx, { name: 'Ada', instructions: INSTRUCTIONS, model: { provider: 'embedded' } })
  return { id }
}
