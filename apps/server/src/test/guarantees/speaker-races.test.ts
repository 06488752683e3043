/**
 * Forced races of take over, pause, block, enqueue, close and delete against an agent that streams, one that lives elsewhere and answers
 * late, and one with a function in flight: not a word of the agent behind the change, in the log, in the widget, or on the operator's screen.
 * `TEST_SPEAKER_RACES=20000` for the full number.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createFeed, type Feed } from '@earshot/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../app.ts'
import { Elsewhere, later } from '../elsewhere.ts'
import { ModelStandIn } from '../model-stand-in.ts'
import { until } from '../until.ts'
import { ANSWERS, type AnswerKind, type Raced, type RaceParts, race, SILENCES } from './speaker-races.ts'

const RACES = Number(process.env.TEST_SPEAKER_RACES ?? 72)
/** As many conversations as one operator's stream follows. */
const AT_ONCE = 18

let app: TestApp
let model: ModelStandIn
let elsewhere: Elsewhere
let parts: RaceParts
let feed: Feed
const stops: (() => unknown)[] = []
const asked = new Map<string, (replyPath: string) => void>()
const tellAsked = (text: string, replyPath = '') => {
  const marker = /race \d+ [\w-]+/.exec(text)?.[0] ?? ''
  asked.get(marker)?.(replyPath)
  asked.delete(marker)
}

beforeAll(async () => {
  app = await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'], trustProxy: 1 } })
  const { services } = app.app.node
  Object.assign(services.agents.limits, { paceMs: 0, backOffMs: 5 })
  model = await ModelStandIn.start()
  elsewhere = await Elsewhere.start()
  elsewhere.play((reply, one) => {
    later(reply)
    tellAsked(one.data.messages.at(-1).text, one.replyPath)
  })
  model.play({
    think: ({ messages, tools }) => {
      tellAsked(messages.map(({ text }) => text).join('\n'))
      model.asked.length = 0
      const wantsCall = tools.includes('look_up') && messages.at(-1)!.role === 'user'
      if (wantsCall) return { call: [{ name: 'look_up', arguments: '{}' }] }
      return { say: ['One', ' word', ' after', ' the', ' other', ' is', ' said', '.'], everyMs: 6 }
    },
  })
  const slow = createServer((_, reply) => void sleep(30).then(() => reply.end('"found"')))
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
  stops.push(() => slow.close())
  const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`
  parts = await openParts({
    stream: { model: modelOf() },
    callback: { external: { url: elsewhere.url } },
    function: {
      model: modelOf(),
      functions: [{ id: crypto.randomUUID(), name: 'look_up', kind: 'http', method: 'GET', url }],
    },
  })
})
afterAll(async () => {
  feed?.close()
  for (const stop of stops) stop()
  await app?.stop()
  await Promise.all([model?.stop(), elsewhere?.stop()])
})

const modelOf = () => ({ provider: 'openai-compatible', baseUrl: model.url, model: 'small-1' })

async function openParts(documents: Record<AnswerKind, object>): Promise<RaceParts> {
  const { caller } = app.north.people.owner
  const channels: Partial<Record<AnswerKind, string>> = {}
  for (const kind of ANSWERS) {
    const { body: agent } = await caller.post('/api/v1/agents', { name: `Racer ${kind}` })
    const { body: document } = await caller.get(`/api/v1/agents/${agent.id}/config`)
    const config = { ...document.config, ...documents[kind] }
    const saved = await caller.put(`/api/v1/agents/${agent.id}/config`, { config, baseVersion: document.version })
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    if (kind === 'callback') elsewhere.secret = (await caller.post(`/api/v1/agents/${agent.id}/signing`)).body.secret
    const channel = await caller.post('/api/v1/channels', { name: `Races of ${kind}`, agentId: agent.id, burstMs: 0 })
    expect(channel.status, JSON.stringify(channel.body)).toBe(201)
    channels[kind] = channel.body.key
  }
  const heard = new Map<string, Parameters<RaceParts['watch']>[1]>()
  const { url, headers } = caller
  feed = createFeed({
    url: `${url}/api/v1/live`,
    pollUrl: `${url}/api/v1/live/events`,
    followUrl: `${url}/api/v1/live/follow`,
    headers: () => headers,
    onEvent(event) {
      const id =
        event.type === 'conversation.changed'
          ? event.conversation.id
          : 'conversationId' in event && event.conversationId
      if (id) heard.get(id)?.({ event })
    },
    onDelta: (delta) => heard.get(delta.conversationId)?.({ delta }),
    onTyping: () => {},
  })
  await feed.started
  return {
    url: app.url,
    operator: caller,
    channels: channels as Record<AnswerKind, string>,
    asked: (marker) =>
      new Promise((resolve, reject) => {
        const inVain = setTimeout(() => reject(new Error(`the agent was never asked: ${marker}`)), 45_000)
        asked.set(marker, (replyPath) => {
          clearTimeout(inVain)
          resolve(replyPath)
        })
      }),
    async idle(id) {
      await until(async () => {
        const { rowCount } = await app.database.owner.query('select from agent_turn where conversation_id = $1', [id])
        return rowCount === 0
      }, 'no turn is left')
    },
    watch(id, hear) {
      heard.set(id, hear)
      feed.follow([...heard.keys()])
      return () => void heard.delete(id)
    },
  }
}

test(`${RACES} races: not a word of the agent behind the change of control`, { timeout: 3_600_000 }, async () => {
  const raced: Raced[] = []
  let next = 0
  const work = async () => {
    for (let i = next++; i < RACES; i = next++) raced.push(await race(parts, i))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  expect(raced.flatMap(({ late, silence, answer }) => late.map((words) => `${silence}/${answer} ${words}`))).toEqual([])
  const kept = raced.filter(({ fencedAt }) => fencedAt !== null)
  const behind = await app.database.owner.query(
    `select c.silence, e.kind, e.text from unnest($1::uuid[], $2::int[], $3::text[]) c (id, fenced_at, silence)
       join entry e on e.conversation_id = c.id and e.position > c.fenced_at
      where e.author_kind = 'agent'`,
    [kept.map(({ id }) => id), kept.map(({ fencedAt }) => fencedAt), kept.map(({ silence }) => silence)],
  )
  expect(behind.rows).toEqual([])
  // Behind the line that tells the change, wherever it was written between our request and its answer.
  const late = await app.database.owner.query(`
    select e.text from entry e join entry c using (workspace_id, conversation_id)
     where e.author_kind = 'agent' and c.kind = 'activity' and c.data ->> 'type' in ('paused', 'taken_over', 'handoff_requested', 'closed')
       and e.position > c.position`)
  expect(late.rows).toEqual([])
  const gone = raced.filter(({ silence }) => silence === 'delete').map(({ id }) => id)
  const left = await app.database.owner.query('select from entry where conversation_id = any ($1)', [gone])
  expect(left.rowCount).toBe(0)
  const { rows } = await app.database.owner.query(
    "select count(distinct conversation_id)::int as spoke from entry where author_kind = 'agent' and kind = 'message'",
  )
  const told = {
    races: raced.length,
    spoke: rows[0].spoke,
    refused: raced.filter((r) => r.callback === 'refused').length,
  }
  console.info(JSON.stringify(told))
  expect(raced).toHaveLength(RACES)
  expect(new Set(raced.map(({ answer, silence }) => `${answer} ${silence}`)).size).toBe(
    ANSWERS.length * SILENCES.length,
  )
  // Both sides win sometimes, or nothing was forced.
  expect(told.spoke).toBeGreaterThan(RACES / 50)
  expect(told.spoke).toBeLessThan(RACES - RACES / 50)
  expect(told.refused).toBeGreaterThan(0)
})
