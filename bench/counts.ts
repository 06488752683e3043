/** Counts: the preset views, every filter and some combinations, in the database alone, beside a plain count of the same rows. */
import type { FilterBody } from '@earshot/contracts'
import { countFiltered } from '../apps/server/src/conversations/queries-count.ts'
import { findViewCounts } from '../apps/server/src/conversations/queries-list.ts'
import type { Tx } from '../apps/server/src/platform/db.ts'
import type { Bench } from './bench.ts'
import { type Explained, openExplained } from './explained.ts'
import { filterCases } from './filters.ts'
import { machineCpuMs, treeCpuMs } from './machine.ts'
import { type Figure, median, type Rounds } from './rounds.ts'
import { folder } from './search.ts'
import { FULL, openSeeded, QUICK, type Seeded } from './seed.ts'

/** What is in no cell makes a plain count of any filter; this one leaves nothing out. */
const ROW_BY_ROW = { from: '1990-01-01T00:00:00Z' } satisfies FilterBody

export const counts: Bench = {
  name: 'counts',
  about:
    'milliseconds in the database of exact counts, as a ratio to counting row by row (--full: a million conversations)',
  async run(rounds) {
    const seeded = await openSeeded(folder(), process.argv.includes('--full') ? FULL : QUICK)
    const explained = openExplained(seeded.config.databaseUrl)
    try {
      await seeded.owner.query('vacuum (analyze) conversation, conversation_cell, counter_delta')
      return await measure(seeded, explained, rounds)
    } finally {
      await explained.stop()
      await seeded.stop()
    }
  },
}

async function measure(seeded: Seeded, explained: Explained, rounds: Rounds): Promise<Figure[]> {
  const { workspaceId } = seeded
  const { single, combined } = await filterCases(seeded)
  const others = machineCpuMs() - treeCpuMs(process.pid)
  const began = performance.now()
  const times = rounds.rounds * 3
  const time = async (work: (tx: Tx) => Promise<unknown>) => median(await explained.time(workspaceId, work, times))
  const figures: Figure[] = []
  const tell = (name: string, variant: string, ms: number, plainMs: number) =>
    figures.push({
      name,
      variant: `${variant}: ${ms.toFixed(2)} ms${ms > 5 ? ', MORE THAN 5' : ''}`,
      value: Number(ms.toFixed(2)),
      unit: 'ms',
      limit: `counting row by row, ${plainMs.toFixed(2)} ms`,
      ratio: Number((ms / plainMs).toFixed(2)),
      rounds: times,
      quiet: true,
    })
  const all = await time((tx) => countFiltered(tx, workspaceId, ROW_BY_ROW, null))
  tell('counts.views', 'all preset views', await time((tx) => findViewCounts(tx, workspaceId)), all)
  for (const [name, filter] of Object.entries({ ...single, ...combined })) {
    const ours = await time((tx) => countFiltered(tx, workspaceId, filter, null))
    const plain = await time((tx) => countFiltered(tx, workspaceId, { ...ROW_BY_ROW, ...filter }, null))
    tell('counts.filter', name, ours, plain)
  }
  const foreign = (machineCpuMs() - treeCpuMs(process.pid) - others) / (performance.now() - began)
  return figures.map((figure) => ({ ...figure, quiet: foreign <= 0.3 }))
}
