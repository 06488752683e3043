/** Lists: the first page of every filter and every order, combinations, and pages in the middle, in the database alone. */
import type { FilterBody, Sort } from '@earshot/contracts'
import { selectConversations } from '../apps/server/src/conversations/queries.ts'
import { findAgentOrder, findPage } from '../apps/server/src/conversations/queries-list.ts'
import { orderOf, writeCursor } from '../apps/server/src/conversations/queries-order.ts'
import type { Tx } from '../apps/server/src/platform/db.ts'
import type { Bench } from './bench.ts'
import { type Explained, openExplained } from './explained.ts'
import { filterCases, SORTS } from './filters.ts'
import { machineCpuMs, treeCpuMs } from './machine.ts'
import { type Figure, median, type Rounds } from './rounds.ts'
import { folder } from './search.ts'
import { FULL, openSeeded, QUICK, type Seeded } from './seed.ts'

const PAGE = 50
/** Pages that lead to the middle, each begun where the one before ended. */
const PAGES_ON = 40

interface Case {
  kind: 'filter' | 'sort' | 'combination' | 'middle'
  name: string
  filter: FilterBody
  sort: Sort
  atMostMs: number
  cursor?: string | undefined
}

export const list: Bench = {
  name: 'list',
  about:
    'milliseconds in the database of a page: every filter, order and combination (--full: a million conversations)',
  async run(rounds) {
    const seeded = await openSeeded(folder(), process.argv.includes('--full') ? FULL : QUICK)
    const explained = openExplained(seeded.config.databaseUrl)
    try {
      await seeded.owner.query('vacuum (analyze) conversation')
      return await measure(seeded, explained, rounds)
    } finally {
      await explained.stop()
      await seeded.stop()
    }
  },
}

async function measure(seeded: Seeded, explained: Explained, rounds: Rounds): Promise<Figure[]> {
  const { workspaceId } = seeded
  const cases = await casesOf(seeded, explained)
  const others = machineCpuMs() - treeCpuMs(process.pid)
  const began = performance.now()
  const times = rounds.rounds * 4
  const byKey = median(await explained.time(workspaceId, await lookUpByKey(seeded), times))
  const figures: Figure[] = []
  for (const one of cases) {
    const took = await explained.time(workspaceId, (tx) => readPage(tx, workspaceId, one), times)
    const ms = median(took)
    const over = ms > one.atMostMs ? ', TOO LONG' : ''
    figures.push({
      name: `list.${one.kind}`,
      variant: `${one.name}: ${ms.toFixed(2)} ms, slowest ${Math.max(...took).toFixed(1)} ms${over}`,
      value: Number(ms.toFixed(2)),
      unit: 'ms',
      limit: `the same rows by their keys, ${byKey.toFixed(2)} ms (at most ${one.atMostMs} ms)`,
      ratio: Number((ms / byKey).toFixed(2)),
      rounds: times,
      quiet: true,
    })
  }
  const foreign = (machineCpuMs() - treeCpuMs(process.pid) - others) / (performance.now() - began)
  return figures.map((figure) => ({ ...figure, quiet: foreign <= 0.3 }))
}

async function casesOf(seeded: Seeded, explained: Explained): Promise<Case[]> {
  const { single, combined } = await filterCases(seeded)
  const newest = '-lastMessageAt' as const
  const cases: Case[] = []
  for (const [name, filter] of Object.entries(single))
    cases.push({ kind: 'filter', name, filter, sort: newest, atMostMs: 5 })
  for (const sort of SORTS) cases.push({ kind: 'sort', name: sort, filter: {}, sort, atMostMs: 5 })
  for (const [name, filter] of Object.entries(combined))
    cases.push({ kind: 'combination', name, filter, sort: newest, atMostMs: 50 })
  const across = { 'status closed': single['status closed']!, 'agent, rare': single['agent, rare']!, ...combined }
  for (const sort of SORTS.filter((one) => one !== newest))
    for (const [name, filter] of Object.entries(across))
      cases.push({ kind: 'combination', name: `${name}, by ${sort}`, filter, sort, atMostMs: 50 })
  for (const sort of SORTS) cases.push(await inTheMiddle(seeded, explained, sort))
  return cases
}

async function inTheMiddle({ workspaceId }: Seeded, explained: Explained, sort: Sort): Promise<Case> {
  const one: Case = { kind: 'middle', name: `page ${PAGES_ON + 1} by ${sort}`, filter: {}, sort, atMostMs: 5 }
  await explained.inside(workspaceId, async (tx) => {
    for (let page = 0; page < PAGES_ON; page++) {
      const last = (await readPage(tx, workspaceId, one))[PAGE - 1]
      if (last) one.cursor = writeCursor(last.run, last.orderKeys)
    }
  })
  return one
}

async function readPage(tx: Tx, workspaceId: string, { filter, sort, cursor }: Case) {
  const agents = sort.endsWith('agent') ? await findAgentOrder(tx, workspaceId) : []
  const order = orderOf(sort, cursor, filter, agents)
  return findPage(tx, { workspaceId, me: null, filter, order, limit: PAGE + 1 })
}

/** The limit: what it costs to show so many rows whose keys are known. */
async function lookUpByKey({ owner, workspaceId }: Seeded) {
  const { rows } = await owner.query<{ id: string }>(
    'select id from conversation where workspace_id = $1 order by random() limit $2',
    [workspaceId, PAGE + 1],
  )
  const ids = rows.map((row) => row.id)
  return (tx: Tx) => selectConversations(tx, workspaceId).where('c.id', 'in', ids).execute()
}
