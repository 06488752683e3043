/** The intents of a workspace: read, saved as versions, tried out. */
import { learnWorkspaceIntents } from '@earshot/analysis'
import type { testIntents as endpoint, Intent, IntentSet } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { workspaceIntentsOf } from './learnt.ts'
import { findIntents, findIntentVersion, type IntentSetRow, insertIntents } from './queries-intents.ts'

const GUESSES = 5

export function getIntents(ctx: Context): Promise<IntentSet> {
  return transact(ctx, async (tx) => view(await findIntents(tx, ctx.workspaceId)))
}

const view = (row: IntentSetRow | undefined): IntentSet => ({
  version: row?.version ?? 0,
  intents: row?.intents ?? [],
  savedAt: row?.at.toISOString() ?? null,
  savedBy: row?.byName ?? null,
})

export function saveIntents(
  ctx: Context,
  { version, intents }: { version: number; intents: Intent[] },
): Promise<IntentSet> {
  const { workspaceId, actor } = ctx
  return transact(ctx, async (tx) => {
    if ((await findIntentVersion(tx, workspaceId)) !== version) throw new AppError('intents.changed')
    const row = await insertIntents(tx, { workspaceId, version: version + 1, intents, byName: actor.name })
    if (!row) throw new AppError('intents.changed')
    await record(tx, workspaceId, { type: 'resource.changed', resource: 'intents', id: workspaceId })
    await writeAudit(tx, ctx, 'intents.saved', workspaceId, { version: row.version, intents: intents.length })
    return view(row)
  })
}

export async function testIntents(
  ctx: Context,
  { text, intents }: { text: string; intents?: Intent[] | undefined },
): Promise<z.input<typeof endpoint.reply>> {
  const learnt = intents
    ? learnWorkspaceIntents(1, intents)
    : await transact(ctx, (tx) => workspaceIntentsOf(tx, ctx.workspaceId))
  if (!learnt) return { intent: null, guesses: [] }
  const guesses = learnt.guess(text).slice(0, GUESSES)
  return { intent: learnt.judge(text)?.name ?? null, guesses }
}
