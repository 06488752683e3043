/** Search: 37 kinds of term through the tenant's own role, on a million messages or ten; size and making of the index; what it costs ingest. */

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Indexer } from '../apps/server/src/conversations/index.ts'
import { orderOf } from '../apps/server/src/conversations/queries-order.ts'
import { findHits, holdMoment } from '../apps/server/src/conversations/search/index.ts'
import { type Database, inWorkspace, openDatabase } from '../apps/server/src/platform/db.ts'
import type { Bench } from './bench.ts'
import type { Figure, Rounds } from './rounds.ts'
import { ingestBesideIndexer } from './search-ingest.ts'
import { FULL, openSeeded, QUICK, type Seeded } from './seed.ts'
import { silent } from './stage.ts'

const FIXED: Record<string, string> = {
  'common word': 'order',
  'common word 2': 'refund',
  'about 1 %': 'invoice',
  'phrase of common words': 'to the',
  phrase: 'your refund',
  'phrase of three': 'your refund the',
  'accent typed': 'RÉFUND',
  'Arabic common': 'استرداد',
  'Arabic two letters': 'هل',
  'Chinese common': '订单',
  'Chinese one character': '退',
  'Chinese phrase': '订单退款',
  'common three letters': 'ing',
  'two letters common': 'or',
  'two letters rare': 'qz',
  'two letters absent': 'xj',
  'one letter': 'x',
  absent: 'zzzqqqxx',
  'absent, common letters': 'thereforder',
  'absent phrase': 'order the refund card',
  'percent sign': '100%',
  underscore: 'file_',
  backslash: 'a\\b',
  'comma and quote': '," ',
  'agent name': 'agent 17',
  'contact name': 'zanele kowalski',
}

export const search: Bench = {
  name: 'search',
  about: 'milliseconds a term of 37 kinds, size and time of the index (--full: ten million messages)',
  async run(rounds) {
    const seeded = await openSeeded(folder(), process.argv.includes('--full') ? FULL : QUICK)
    const database = openDatabase(seeded.config.databaseUrl)
    let figures: Figure[]
    try {
      const built = await buildIndex(seeded, database, rounds)
      figures = [...built, ...(await sizes(seeded, rounds)), ...(await measure(seeded, database, rounds))]
    } finally {
      await database.stop()
      await seeded.stop()
    }
    return [...figures, ...(await ingestBesideIndexer(rounds))]
  },
}

/** `--data DIR` keeps the seeded workspace, so that the next bench need not make it. */
export function folder(): string {
  const at = process.argv.indexOf('--data')
  return at > 0 ? process.argv[at + 1]! : join(tmpdir(), 'earshot-seeded')
}

const figure = (
  rounds: Rounds,
  name: string,
  variant: string,
  value: number,
  unit: string,
  limit: string,
  ratio: number | null,
): Figure => ({
  name,
  variant,
  value,
  unit,
  limit,
  ratio,
  rounds: rounds.rounds,
  quiet: rounds.foreignCores() <= 0.3,
})

/** The very indexer of the service, until nothing is left; nothing to tell when a former run has done it. */
async function buildIndex(seeded: Seeded, database: Database, rounds: Rounds): Promise<Figure[]> {
  const left = async () =>
    (await seeded.owner.query<{ n: number }>('select count(*)::int as n from conversation where needs_index')).rows[0]!
      .n
  const todo = await left()
  if (todo === 0) return []
  const began = performance.now()
  const indexer = new Indexer({ database, log: silent, leave: 0 })
  while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 1000))
  const seconds = (performance.now() - began) / 1000
  await indexer.stop()
  await seeded.owner.query('vacuum (analyze) conversation, search_document, search_keys, search_word')
  return [
    figure(
      rounds,
      'search.build',
      `${todo} conversations in ${seconds.toFixed(0)} s`,
      Math.round((seconds * 1e6) / todo),
      'µs a conversation',
      'nothing',
      null,
    ),
  ]
}

async function sizes({ owner }: Seeded, rounds: Rounds): Promise<Figure[]> {
  const { rows } = await owner.query<{ name: string; mb: number }>(
    `select relname as name, (pg_total_relation_size(oid) / 1e6)::float8 as mb from pg_class
      where relnamespace = 'earshot'::regnamespace and relname in ('search_document', 'search_keys', 'search_word', 'entry')`,
  )
  const of = (name: string) => rows.find((row) => row.name === name)?.mb ?? 0
  const all = of('search_document') + of('search_keys') + of('search_word')
  const variant = `${of('search_document').toFixed(0)} MB text, ${of('search_keys').toFixed(0)} MB keys, ${of('search_word').toFixed(0)} MB words`
  return [
    figure(
      rounds,
      'search.size',
      variant,
      Math.round(all),
      'MB',
      'the messages themselves',
      Number((all / of('entry')).toFixed(2)),
    ),
  ]
}

async function measure(seeded: Seeded, database: Database, rounds: Rounds): Promise<Figure[]> {
  const { workspaceId } = seeded
  const medians: number[] = []
  const worsts: number[] = []
  let partial = 0
  for (const [kind, q] of Object.entries({ ...FIXED, ...(await drawn(seeded)) })) {
    const took: number[] = []
    let told = ''
    for (let i = 0; i <= rounds.rounds; i++) {
      const began = performance.now()
      const found = await inWorkspace(database.db, workspaceId, async (tx) => {
        await holdMoment(tx)
        return findHits(tx, {
          workspaceId,
          me: null,
          filter: { q },
          order: orderOf('-lastMessageAt', undefined, {}, []),
          limit: 50,
        })
      })
      if (i > 0) took.push(performance.now() - began)
      told = `${found.ids.length} hits${found.partial ? ', partial' : ''}`
      if (found.partial && i === rounds.rounds) partial++
    }
    took.sort((a, b) => a - b)
    medians.push(took[took.length >> 1]!)
    worsts.push(took.at(-1)!)
    process.stderr.write(
      `  ${kind.padEnd(24)} ${medians.at(-1)!.toFixed(1).padStart(7)} ms  worst ${worsts.at(-1)!.toFixed(1).padStart(7)}  ${told}\n`,
    )
  }
  medians.sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(medians[Math.min(medians.length - 1, Math.floor(medians.length * share))]! * 10) / 10
  const limits = seeded.conversations >= FULL ? [45, 700, 1200] : [35, 400, 1100]
  const line = (name: string, value: number, limit: number) =>
    figure(
      rounds,
      'search',
      `${name} of ${medians.length} kinds, ${partial} partial, ${seeded.conversations} conversations`,
      value,
      'ms',
      `${limit} ms`,
      Number((value / limit).toFixed(2)),
    )
  return [
    line('p50', at(0.5), limits[0]!),
    line('p90', at(0.9), limits[1]!),
    line('max', Math.round(Math.max(...worsts)), limits[2]!),
  ]
}

/** Terms that stand somewhere in the middle of the seeded workspace: ids, numbers, addresses, words of a given frequency. */
async function drawn({ owner, workspaceId, conversations }: Seeded): Promise<Record<string, string>> {
  const some = async (pattern: string) => {
    const { rows } = await owner.query<{ t: string }>(
      `select substring(fold(e.text) from $2) as t from (select id from conversation where workspace_id = $1 order by id offset $3 limit 3000) c
         join entry e on e.workspace_id = $1 and e.conversation_id = c.id where fold(e.text) ~ $2 limit 1`,
      [workspaceId, pattern, Math.floor(conversations * 0.3)],
    )
    return rows[0]!.t
  }
  const order = await some('#[a-h]{2}[0-9]{6}')
  const { rows } = await owner.query<{ session: string; digits: string; email: string }>(
    `select c.session_id as session, digits(t.phone) as digits, t.email from conversation c join contact t on t.workspace_id = c.workspace_id and t.id = c.contact_id
      where c.workspace_id = $1 order by c.id offset $2 limit 1`,
    [workspaceId, Math.floor(conversations * 0.05)],
  )
  const one = rows[0]!
  const words: Record<string, string> = {}
  for (const share of [0.01, 0.003, 0.001, 0.0002, 0.00002]) {
    const { rows: found } = await owner.query<{ w: string }>(
      `select w from (select unnest(string_to_array(lower(text), ' ')) as w from (select text from entry where workspace_id = $1 limit 200000) b) q
        where w ~ '^[a-z]{5,12}$' group by w having count(*) between $2 * 0.8 and $2 * 1.25 order by md5(w) limit 1`,
      [workspaceId, Math.max(3, 200_000 * share)],
    )
    if (found[0]) words[`word in ${share * 100} % of messages`] = found[0].w
  }
  return {
    'order id': order,
    'part of an order id': order.slice(3),
    'e-mail in a message': await some('[a-z0-9]{6}@mail[0-9]'),
    'e-mail of a contact': one.email,
    'phone digits': one.digits.slice(2, 9),
    'phone as written': `+${one.digits.slice(0, 2)} (${one.digits.slice(2, 5)}) ${one.digits.slice(5)}`,
    'part of a session id': one.session.slice(8, 16),
    'Chinese rare pair': [...(await some('[一-鿿]{6}'))].slice(2, 4).join(''),
    ...words,
  }
}
