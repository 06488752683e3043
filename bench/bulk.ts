/** Bulk: one action on 10,000 conversations as a job, and its undo, beside the same done one at a time. */
import type { ConversationAction, Job } from '@earshot/contracts'
import { act } from '../apps/server/src/conversations/index.ts'
import { bulkAct } from '../apps/server/src/conversations/work/bulk.ts'
import { getJob } from '../apps/server/src/jobs/access.ts'
import { JobRunner } from '../apps/server/src/jobs/index.ts'
import { undoJob } from '../apps/server/src/jobs/undo.ts'
import type { Context } from '../apps/server/src/platform/context.ts'
import { openNode } from '../apps/server/src/services.ts'
import type { Bench } from './bench.ts'
import type { Figure } from './rounds.ts'
import { setStage, silent } from './stage.ts'

const MANY = 10_000
/** As many as tell how fast one at a time is. */
const ALONE = 300

const ACTIONS: { name: string; action: ConversationAction; other: ConversationAction }[] = [
  { name: 'stage', action: { type: 'stage', stage: 'opportunity' }, other: { type: 'stage', stage: 'in_progress' } },
  {
    name: 'tag',
    action: { type: 'tags', add: [{ key: 'bench', value: '1' }], remove: [] },
    other: { type: 'tags', add: [], remove: [{ key: 'bench', value: '1' }] },
  },
  { name: 'close', action: { type: 'close' }, other: { type: 'reopen' } },
]

export const bulk: Bench = {
  name: 'bulk',
  about: 'one action on 10,000 conversations as a job, and its undo, as a ratio to one at a time',
  async run() {
    const stage = await setStage(MANY)
    const node = await openNode(stage.config, silent)
    const runner = new JobRunner(node)
    try {
      const { rows } = await stage.owner.query<{ id: string }>('select id from member')
      const actor = { kind: 'operator', id: rows[0]!.id, name: 'Bench', role: 'owner', scopes: ['*'] } as const
      const ctx: Context = { ...node.services, workspaceId: stage.workspaceId, actor }
      const figures: Figure[] = []
      for (const { name, action, other } of ACTIONS) {
        const alone = await oneByOne(ctx, stage.conversations.slice(0, ALONE), action, other)
        const job = await timed(ctx, () => bulkAct(ctx, { filter: {} }, action))
        const undo = await timed(ctx, () => undoJob(ctx, job.id))
        figures.push(figure(`${name}, ${job.changed} changed`, job.rate, alone))
        figures.push(figure(`${name}, ${undo.changed} undone`, undo.rate, alone))
      }
      return figures
    } finally {
      await runner.stop()
      await node.stop()
      await stage.stop()
    }
  },
}

async function oneByOne(
  ctx: Context,
  rows: { id: string }[],
  action: ConversationAction,
  other: ConversationAction,
): Promise<number> {
  const began = performance.now()
  for (const { id } of rows) await act(ctx, id, action)
  const rate = rows.length / ((performance.now() - began) / 1000)
  for (const { id } of rows) await act(ctx, id, other)
  return rate
}

async function timed(ctx: Context, start: () => Promise<Job>): Promise<{ id: string; rate: number; changed: number }> {
  const began = performance.now()
  const { id } = await start()
  for (;;) {
    const job = await getJob(ctx, id)
    const seconds = (performance.now() - began) / 1000
    const changed = Number((job.result as { changed?: number }).changed)
    if (job.state === 'done') return { id, rate: changed / seconds, changed }
    if (job.state !== 'queued' && job.state !== 'running') throw new Error(`the job is ${job.state}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const figure = (variant: string, rate: number, alone: number): Figure => ({
  name: 'bulk',
  variant,
  value: Math.round(rate),
  unit: 'conversations/s',
  limit: `one at a time (${Math.round(alone)} conversations/s)`,
  ratio: Number((rate / alone).toFixed(2)),
  rounds: 1,
  quiet: true,
})
