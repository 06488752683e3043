/** A queue in the small for property tests: two nodes without sweeps of their own on one database, operators, and a clock that tests move. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { loadConfig } from '../config.ts'
import { findOrCreateContact } from '../contacts/index.ts'
import { startConversation } from '../conversations/index.ts'
import { readNow } from '../hours/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { type AppConfig, type Node, openNode } from '../services.ts'
import { createWorkspace } from '../team/index.ts'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'

export interface World {
  database: TestDatabase
  nodes: Node[]
  workspaceId: string
  operators: Context[]
  /** The service itself, at one node or the other. */
  system(node: number): Context
  /** Milliseconds that the queue's clock is ahead. */
  ahead: number
  /** Transactions after which the queue's clock fails, which aborts the one under way; -1: never. */
  crashIn: number
  open(): Promise<string>
  /** Everybody stops waiting, nobody is here. */
  clear(): Promise<void>
  stop(): Promise<void>
}

export class Crash extends Error {
  override name = 'Crash'
}

const NAMES = ['Ana', 'Ben', 'Cem', 'Dana']

export async function openWorld(): Promise<World> {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'earshot-queue-'))
  const config: AppConfig = {
    ...loadConfig({}, { data: dataDir, port: '0' }),
    databaseUrl: database.url,
    baseUrl: 'http://127.0.0.1',
  }
  const log = pino({ level: 'silent' })
  const nodes = [await openNode(config, log), await openNode(config, log)]
  const { workspaceId } = await furnish(nodes[0]!)
  const world: World = {
    database,
    nodes,
    workspaceId,
    operators: [],
    ahead: 0,
    crashIn: -1,
    system: (node) => ({
      ...nodes[node]!.services,
      workspaceId,
      actor: { kind: 'system', id: null, name: null, role: 'owner', scopes: ['*'] },
    }),
    open: () => openOne(world),
    async clear() {
      world.ahead = 0
      world.crashIn = -1
      await database.owner.query(CLEAR)
    },
    async stop() {
      for (const node of nodes) await node.stop()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  const now = async (tx: Tx) => {
    if (world.crashIn >= 0 && world.crashIn-- === 0) throw new Crash()
    return new Date((await readNow(tx)).getTime() + world.ahead)
  }
  for (const node of nodes) node.services.queue.now = now
  for (const [i, name] of NAMES.entries()) world.operators.push(await addOperator(world, name, i))
  return world
}

const CLEAR = `
  update conversation set status = 'closed', handoff_state = 'none', control = 'agent', priority = 'normal' where status = 'active';
  delete from queue_offer; delete from queue_item; delete from queue_operator; delete from business_hours; delete from event`

async function furnish({ services }: Node) {
  const account = () =>
    services.team.auth.createUser({ name: 'Olga', email: 'olga@example.com', password: 'correct horse battery' })
  return createWorkspace(services, { name: 'North', start: 'empty', owner: account })
}

async function addOperator({ database, nodes, workspaceId }: World, name: string, i: number): Promise<Context> {
  const { rows } = await database.owner.query<{ id: string }>(
    `insert into member (workspace_id, user_id, name, email, role) values ($1, $2, $2, $2, 'operator') returning id`,
    [workspaceId, name],
  )
  const actor = { kind: 'operator', id: rows[0]!.id, name, role: 'operator', scopes: ['*'] } as const
  return { ...nodes[i % 2]!.services, workspaceId, actor }
}

async function openOne(world: World): Promise<string> {
  const ctx = world.system(0)
  const { rows } = await world.database.owner.query<{ id: string }>(
    'select id from channel where workspace_id = $1 limit 1',
    [world.workspaceId],
  )
  const id = await transact(ctx, async (tx) => {
    const contact = await findOrCreateContact(tx, world.workspaceId, null, { name: 'Carla' })
    const { rows: agents } = await world.database.owner.query<{ id: string }>('select id from agent limit 1')
    return (await startConversation(ctx, tx, { channelId: rows[0]!.id, contactId: contact.id, agentId: agents[0]!.id }))
      .id
  })
  await says(ctx, id, 'Hello?')
  return id
}

export const says = (ctx: Context, conversationId: string, text: string) =>
  ctx.append({
    workspaceId: ctx.workspaceId,
    conversationId,
    kind: 'message',
    author: { kind: 'contact', id: null, name: null },
    text,
  })
