/** Reviews a minute by one node: embedded, from the database and back, while messages come in. */

import { startApp } from '../apps/server/src/app.ts'
import { Writer } from '../apps/server/src/conversations/index.ts'
import { openDatabase } from '../apps/server/src/platform/db.ts'
import { readRows } from '../training/data.ts'
import type { Bench } from './bench.ts'
import type { Rounds } from './rounds.ts'
import { type Stage, setStage, silent } from './stage.ts'

const GOAL = 3000
const CONVERSATIONS = 1000
/** Messages a second that come in meanwhile. */
const INGEST = 50
const AUTHORS: Record<string, 'contact' | 'agent' | 'operator'> = {
  user: 'contact',
  assistant: 'agent',
  human_agent: 'operator',
}

interface Talk {
  messages: { role: string; text: string }[]
}

export const reviewsBench: Bench = {
  name: 'reviews',
  about: 'reviews a minute by one node, embedded, from the database and back, while messages come in',
  async run(rounds: Rounds) {
    const stage = await setStage(CONVERSATIONS + 100)
    try {
      await bringIn(stage)
      const app = await startApp({ ...stage.config, reviewAfterSeconds: 600 }, silent)
      const coming = comeIn(stage)
      const perMinute = await watch(stage)
      await coming.stop()
      await app.stop()
      return [
        {
          name: 'reviews',
          variant: `${Math.round(perMinute)} reviews a minute of STAR, ${INGEST} messages a second coming in`,
          value: Math.round(perMinute),
          unit: 'reviews/min',
          limit: `${GOAL} a minute`,
          ratio: Number((perMinute / GOAL).toFixed(2)),
          rounds: 1,
          quiet: rounds.foreignCores() <= 0.3,
        },
      ]
    } finally {
      await stage.stop()
    }
  },
}

/** Conversations of STAR, an hour old: due for their review. */
async function bringIn({ owner, workspaceId, conversations }: Stage): Promise<void> {
  const talks = readRows<Talk>('eval/data', 'conversations/star.jsonl')
  for (const [i, { id }] of conversations.slice(0, CONVERSATIONS).entries()) {
    const said = talks[i % talks.length]!.messages.filter(({ role }) => role in AUTHORS)
    await owner.query(
      `insert into entry (workspace_id, conversation_id, position, kind, author_kind, text, at)
       select $1, $2, n, 'message', author::author_kind, words, now() - interval '1 hour'
         from unnest($3::text[], $4::text[]) with ordinality as said (author, words, n)`,
      [workspaceId, id, said.map(({ role }) => AUTHORS[role]), said.map(({ text }) => text)],
    )
    await owner.query(
      `update conversation set last_position = $3, message_count = $3, review_due = 'live', last_message_at = now() - interval '1 hour'
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, said.length],
    )
  }
}

function comeIn({ config, workspaceId, conversations }: Stage): { stop(): Promise<void> } {
  const database = openDatabase(config.databaseUrl)
  const writer = new Writer({ connect: database.connect })
  const running = conversations.slice(CONVERSATIONS)
  let count = 0
  const timer = setInterval(() => {
    const { id } = running[count % running.length]!
    const author = { kind: 'contact', id: null, name: null } as const
    const text = 'Where is my order, please? It should have been here yesterday.'
    void writer
      .append({ workspaceId, conversationId: id, kind: 'message', author, text, clientKey: `r${count++}` })
      .catch(() => {})
  }, 1000 / INGEST)
  return {
    async stop() {
      clearInterval(timer)
      await writer.stop()
      await database.stop()
    },
  }
}

/** From the first tenth to the last: neither the start nor the end of the sweep counts. */
async function watch({ owner, workspaceId }: Stage): Promise<number> {
  const done = async () =>
    Number((await owner.query('select count(*) from review where workspace_id = $1', [workspaceId])).rows[0].count)
  const until = async (share: number) => {
    while ((await done()) < CONVERSATIONS * share) await new Promise((resolve) => setTimeout(resolve, 50))
    return { at: performance.now(), count: await done() }
  }
  const from = await until(0.1)
  const to = await until(0.9)
  return ((to.count - from.count) * 60_000) / (to.at - from.at)
}
