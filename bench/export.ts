/** Export: a job that writes all conversations to a file, beside a bare COPY of the same query that is read and thrown away. */
import { ExportColumn } from '@earshot/contracts'
import { createExport } from '../apps/server/src/exports/create-export.ts'
import { findExport } from '../apps/server/src/exports/queries-files.ts'
import { AS_CSV, AS_LINES, linesOf, rowsOf } from '../apps/server/src/exports/queries-lines.ts'
import { JobRunner } from '../apps/server/src/jobs/index.ts'
import { asSystem, type Context, transact } from '../apps/server/src/platform/context.ts'
import { type Node, openNode } from '../apps/server/src/services.ts'
import type { Bench } from './bench.ts'
import { machineCpuMs, treeCpuMs } from './machine.ts'
import { type Figure, median, type Rounds } from './rounds.ts'
import { folder } from './search.ts'
import { FULL, openSeeded, QUICK } from './seed.ts'
import { silent } from './stage.ts'

const MB = 1024 * 1024

export const exportBench: Bench = {
  name: 'export',
  about:
    'export of every conversation, as a ratio to a bare COPY of the same query; growth of memory (--full: a million)',
  async run(rounds) {
    const seeded = await openSeeded(folder(), process.argv.includes('--full') ? FULL : QUICK)
    const node = await openNode(seeded.config, silent)
    const runner = new JobRunner(node)
    try {
      const ctx = asSystem(node.services, seeded.workspaceId)
      return [...(await measure(node, ctx, 'jsonl', rounds)), ...(await measure(node, ctx, 'csv', rounds))]
    } finally {
      await runner.stop()
      await node.stop()
      await seeded.stop()
    }
  },
}

async function measure(node: Node, ctx: Context, format: 'jsonl' | 'csv', rounds: Rounds): Promise<Figure[]> {
  const [bare, ours, growth]: [number[], number[], number[]] = [[], [], []]
  const others = machineCpuMs() - treeCpuMs(process.pid)
  const began = performance.now()
  let rows = 0
  for (let round = 0; round <= rounds.rounds; round++) {
    const plain = await readBare(node, ctx, format)
    global.gc?.()
    const written = await writeOne(ctx, format)
    rows = written.rows
    if (round === 0) continue // warms up both
    bare.push(plain)
    ours.push(written.rows / written.seconds)
    growth.push(written.grownMb)
  }
  const quiet = (machineCpuMs() - treeCpuMs(process.pid) - others) / (performance.now() - began) < 0.3
  const base = { name: 'export', limit: '', rounds: rounds.rounds, quiet }
  const perSecond = median(ours)
  return [
    {
      ...base,
      variant: `${format}, ${rows} conversations`,
      value: Math.round(perSecond),
      unit: 'conversations/s',
      limit: `a bare COPY of the same query (${Math.round(median(bare))} conversations/s); at least 0.8`,
      ratio: Number((perSecond / median(bare)).toFixed(2)),
    },
    {
      ...base,
      variant: `${format}, memory growth of the process, most of ${rounds.rounds} rounds`,
      value: Math.round(Math.max(...growth)),
      unit: 'MB',
      limit: '64 MB',
      ratio: null,
    },
  ]
}

async function readBare(node: Node, ctx: Context, format: 'jsonl' | 'csv'): Promise<number> {
  const wanted = { workspaceId: ctx.workspaceId, selection: { filter: {} }, me: null }
  const isCsv = format === 'csv'
  const query = isCsv
    ? rowsOf(wanted, ExportColumn.options, false)
    : linesOf(wanted, { baseUrl: ctx.team.baseUrl, withNotes: false })
  const snapshot = await node.services.openSnapshot(ctx.workspaceId)
  const began = performance.now()
  let rows = 0
  for await (const piece of snapshot.read(query, isCsv ? AS_CSV : AS_LINES)) rows += piece.rows
  const seconds = (performance.now() - began) / 1000
  await snapshot.close()
  return rows / seconds
}

/** As a person asks for it: the job, the file, and the list of what is in it. */
async function writeOne(ctx: Context, format: 'jsonl' | 'csv') {
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  const began = performance.now()
  const { id } = await createExport(ctx, { selection: { filter: {} }, format, notes: false })
  for (;;) {
    const row = await transact(ctx, (tx) => findExport(tx, ctx.workspaceId, id))
    if (row?.state === 'ready') {
      clearInterval(watch)
      const seconds = (performance.now() - began) / 1000
      return { rows: row.rows, seconds, grownMb: (most - before) / MB }
    }
    if (row?.state !== 'writing') throw new Error(`the export is ${row?.state}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
