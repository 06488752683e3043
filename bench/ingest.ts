/** Durable ingest: our append against one bare INSERT and against the naive transaction, by the driver alone and through HTTP. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { Writer } from '../apps/server/src/conversations/index.ts'
import { openDatabase } from '../apps/server/src/platform/db.ts'
import type { Bench } from './bench.ts'
import type { Figure, Measured, Rounds, Variant } from './rounds.ts'
import { type Stage, setStage } from './stage.ts'

const TEXT =
  'Hello, I would like to know where my order is. It has been two weeks and the page still says that it is being prepared.'
const CONNECTIONS = 32
let count = 0

export const ingest: Bench = {
  name: 'ingest',
  about: 'durable appends a second, as a ratio to one bare INSERT each and to a naive transaction',
  async run(rounds) {
    const stage = await setStage(20_000)
    try {
      await stage.owner.query(BARE)
      return [...(await byDriver(stage, rounds)), ...(await byHttp(stage, rounds))]
    } finally {
      await stage.stop()
    }
  },
}

const BARE = `
  create table bare (id uuid primary key default uuidv7(), conversation_id uuid not null, position int not null, kind text not null,
    author_kind text not null, at timestamptz not null default now(), text text);
  grant all on bare to earshot_app;
  create table naive_entry (workspace_id uuid, conversation_id uuid, position int, text text, client_key text, at timestamptz default now(), primary key (workspace_id, conversation_id, position));
  create table naive_event (id bigint generated always as identity primary key, payload jsonb);
  create table naive_conversation as select workspace_id, id, 0 as last_position, 0 as message_count, 0 as unread, now() as last_message_at, ''::text as preview from conversation;
  alter table naive_conversation add primary key (workspace_id, id);
  grant all on naive_entry, naive_event, naive_conversation to earshot_app;`

const any = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)]!

async function byDriver(stage: Stage, rounds: Rounds): Promise<Figure[]> {
  const database = openDatabase(stage.config.databaseUrl)
  const writer = new Writer({ connect: database.connect })
  const pool = await Promise.all(Array.from({ length: CONNECTIONS }, () => database.connect('bench')))
  const bare = (i: number) => insertBare(pool[i % CONNECTIONS]!, any(stage.conversations).id)
  const append = () =>
    writer.append({
      workspaceId: stage.workspaceId,
      conversationId: any(stage.conversations).id,
      kind: 'message',
      author: { kind: 'contact', id: null, name: null },
      text: TEXT,
      clientKey: `k${count++}`,
    })
  const variant = (name: string, clients: number, run: Variant['run']): Variant => ({ name, clients, run })
  const sizes = [1, 32, 128]
  const bares = sizes.map((n) => variant('bare INSERT', n, bare))
  const ours = sizes.map((n) => variant('append', n, append))
  const naive = variant('naive transaction with NOTIFY', 32, (i) =>
    naiveAppend(pool[i % CONNECTIONS]!, stage.workspaceId, any(stage.conversations).id),
  )
  const measured = await rounds.measure([...bares, ...ours, naive])
  await writer.stop()
  for (const client of pool) await client.end()
  await database.stop()
  const at = (list: Variant[], n: number) => measured.get(list[sizes.indexOf(n)]!)!
  return [
    ...sizes.map((n) =>
      figure('ingest.driver', `append, ${n} clients`, at(ours, n), at(bares, n), 'bare INSERT', rounds),
    ),
    figure(
      'ingest.driver',
      'append against naive, 32 clients',
      at(ours, 32),
      measured.get(naive)!,
      'naive transaction with NOTIFY',
      rounds,
    ),
  ]
}

const insertBare = (client: pg.Client, conversationId: string) =>
  client.query({
    name: 'bare',
    text: "insert into bare (conversation_id, position, kind, author_kind, text) values ($1, 1, 'message', 'contact', $2)",
    values: [conversationId, TEXT],
  })

/** What one writes first: a transaction of its own for each message, and a notification in it. */
async function naiveAppend(client: pg.Client, workspaceId: string, id: string): Promise<void> {
  await client.query('begin')
  const { rows } = await client.query({
    name: 'naive update',
    text: 'update naive_conversation set last_position = last_position + 1, message_count = message_count + 1, unread = unread + 1, last_message_at = now(), preview = left($3, 120) where workspace_id = $1 and id = $2 returning last_position as position',
    values: [workspaceId, id, TEXT],
  })
  const { position } = rows[0] as { position: number }
  await client.query({
    name: 'naive insert',
    text: 'insert into naive_entry (workspace_id, conversation_id, position, text, client_key) values ($1, $2, $3, $4, $5)',
    values: [workspaceId, id, position, TEXT, `k${count++}`],
  })
  await client.query({
    name: 'naive event',
    text: 'insert into naive_event (payload) values ($1)',
    values: [JSON.stringify({ id, position })],
  })
  await client.query({ name: 'naive notify', text: "select pg_notify('naive', $1)", values: [`${id} ${position}`] })
  await client.query('commit')
}

/** The service runs in a process of its own; the load comes from this one. */
async function byHttp(stage: Stage, rounds: Rounds): Promise<Figure[]> {
  const child = fork(fileURLToPath(new URL('./ingest-server.ts', import.meta.url)), [JSON.stringify(stage.config)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [port] = (await once(child, 'message')) as [number]
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const post = (path: string, body: unknown) => send(agent, port, path, stage.key, JSON.stringify(body))
  const message = () => ({ externalId: `h${count++}`, author: 'contact', text: TEXT })
  const body = () => ({ conversation: { externalId: any(stage.conversations).externalId }, message: message() })
  const sizes = [32, 128]
  const bares = sizes.map((n): Variant => ({ name: 'HTTP bare', clients: n, run: () => post('/bench/bare', body()) }))
  const ours = sizes.map(
    (n): Variant => ({ name: 'HTTP append', clients: n, run: () => post('/api/v1/ingest/messages', body()) }),
  )
  const measured = await rounds.measure([...bares, ...ours])
  child.disconnect()
  await once(child, 'exit')
  agent.destroy()
  return sizes.map((n, i) =>
    figure(
      'ingest.http',
      `append, ${n} clients`,
      measured.get(ours[i]!)!,
      measured.get(bares[i]!)!,
      'the same server, one bare INSERT a request',
      rounds,
    ),
  )
}

function send(agent: Agent, port: number, path: string, key: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      authorization: `Bearer ${key}`,
    }
    const call = request({ agent, port, path, host: '127.0.0.1', method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 201 ? resolve() : reject(new Error(`${path} answered ${answer.statusCode}`)),
      )
    })
    call.on('error', reject)
    call.end(text)
  })
}

function figure(
  name: string,
  variant: string,
  ours: Measured,
  limit: Measured,
  limitName: string,
  rounds: Rounds,
): Figure {
  return {
    name,
    variant: `${variant} (${Math.round(ours.perSecond)}/s against ${Math.round(limit.perSecond)}/s; p50 ${ours.p50Ms.toFixed(1)} ms, p99 ${ours.p99Ms.toFixed(1)} ms)`,
    value: Math.round(ours.perSecond),
    unit: 'messages/s',
    limit: limitName,
    ratio: Number((ours.perSecond / limit.perSecond).toFixed(2)),
    rounds: rounds.rounds,
    quiet: rounds.foreignCores() <= 0.3,
  }
}
