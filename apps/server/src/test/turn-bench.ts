/** What the tests of turns share: an app, visitors who talk, and a look into the log. */
import type { Conversation, Entry } from '@earshot/contracts'
import type { TurnLimits } from '../agents/index.ts'
import type { TestApp } from './app.ts'
import type { Caller } from './caller.ts'
import { until } from './until.ts'
import { TestVisitor } from './visitor.ts'

export type Line = Entry

export const answersOf = (lines: Line[]): Line[] =>
  lines.filter((line) => line.kind === 'message' && line.author.kind === 'agent')
export const callsOf = (lines: Line[]): Line[] => lines.filter((line) => line.kind === 'function_call')

export interface Talk {
  id: string
  visitor: TestVisitor
  say(text: string): Promise<void>
  /** Waits until the agent has said this much. */
  answers(count: number): Promise<Line[]>
  conversation(): Promise<Conversation>
  until(holds: (conversation: Conversation) => boolean): Promise<void>
}

export interface Bench {
  app: TestApp
  owner: Caller
  machine: Caller
  workspaceId: string
  agentId: string
  limits: TurnLimits
  visitor(): Promise<TestVisitor>
  talk(): Promise<Talk>
  ask(
    text: string,
    holds: (conversation: Conversation) => boolean,
  ): Promise<{ id: string; lines: Line[]; conversation: Conversation }>
  read(conversationId: string): Promise<Line[]>
  article(title: string, body: string, status?: 'draft' | 'published'): Promise<string>
  changeAgent(change: object): Promise<void>
  changeChannel(change: object): Promise<void>
  /** Turns that wait or run in a conversation. */
  waiting(conversationId: string): Promise<number>
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** The first workspace of a test app, with its agent and widget; its agent answers without pauses. */
export async function openBench(app: TestApp): Promise<Bench> {
  const { owner } = app.north.people
  const { limits } = app.app.node.services.agents
  limits.paceMs = 0
  const channel = (await owner.caller.get('/api/v1/channels')).body.items.find(
    (c: { kind: string }) => c.kind === 'widget',
  )
  const agentId = (await owner.caller.get('/api/v1/agents')).body.items[0].id
  const visitor = () => TestVisitor.start(app.url, channel.key)
  const read = async (id: string): Promise<Line[]> =>
    (await ok(owner.caller.get(`/api/v1/conversations/${id}/entries?limit=200`))).items.toReversed()
  const get = (id: string): Promise<Conversation> => ok(owner.caller.get(`/api/v1/conversations/${id}`))
  const sql: Bench['sql'] = async (text, values = []) => (await app.database.owner.query(text, values)).rows
  const talk = async (): Promise<Talk> => openTalk(await visitor(), { read, get })
  return {
    app,
    owner: owner.caller,
    machine: app.north.machine,
    workspaceId: app.north.id,
    agentId,
    limits,
    visitor,
    talk,
    read,
    sql,
    async ask(text, holds) {
      const one = await talk()
      await one.say(text)
      await one.until(holds)
      return { id: one.id, lines: await read(one.id), conversation: await get(one.id) }
    },
    article: async (title, body, status = 'published') =>
      (await ok(owner.caller.post('/api/v1/knowledge', { title, body, status }))).id,
    changeAgent: async (change) => void (await ok(owner.caller.patch(`/api/v1/agents/${agentId}`, change))),
    changeChannel: async (change) => void (await ok(owner.caller.patch(`/api/v1/channels/${channel.id}`, change))),
    waiting: async (id) => (await sql('select 1 from agent_turn where conversation_id = $1', [id])).length,
    stop: () => app.stop(),
  }
}

function openTalk(
  visitor: TestVisitor,
  { read, get }: { read(id: string): Promise<Line[]>; get(id: string): Promise<Conversation> },
): Talk {
  const talk: Talk = {
    id: '',
    visitor,
    async say(text) {
      talk.id = (await ok(visitor.say(text))).conversation.id
    },
    async answers(count) {
      let lines: Line[] = []
      await until(async () => {
        lines = answersOf(await read(talk.id))
        return lines.length >= count
      }, `the agent has said ${count} things`)
      return lines
    },
    conversation: () => get(talk.id),
    until: (holds) => until(async () => holds(await get(talk.id)), 'the conversation is as expected'),
  }
  return talk
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into replies freely
async function ok(answer: Promise<{ status: number; body: any }>): Promise<any> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
  return body
}
