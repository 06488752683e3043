/** Turns through the real app: visitors write, agents answer, and nobody speaks who has not the floor. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, startTestApp } from '../test/app.ts'
import { until } from '../test/until.ts'
import { TestVisitor } from '../test/visitor.ts'

let app: TestApp
let channelKey: string
beforeAll(async () => {
  app = await startTestApp()
  app.app.node.services.agents.limits.paceMs = 0
  const channels = await app.north.people.owner.caller.get('/api/v1/channels')
  channelKey = channels.body.items.find((channel: { kind: string }) => channel.kind === 'widget').key
})
afterAll(() => app.stop())

interface Line {
  position: number
  kind: string
  author: { kind: string; name: string | null }
  text: string | null
  data: Record<string, unknown>
}

async function read(conversationId: string): Promise<Line[]> {
  const { body } = await app.north.people.owner.caller.get(`/api/v1/conversations/${conversationId}/entries?limit=200`)
  return body.items.toReversed()
}
const answersOf = (lines: Line[]) => lines.filter((line) => line.kind === 'message' && line.author.kind === 'agent')

test('a visitor is answered from the article that fits, with a citation and a stream of words', async () => {
  const visitor = await TestVisitor.start(app.url, channelKey)
  const stream = await visitor.listen()
  const said = await visitor.say('How long does delivery take?')
  const answer = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'agent'))
  expect(answer.text).toContain('3 to 5 working days')
  expect(answer.citations[0]).toMatchObject({ title: 'Shipping and delivery' })
  const deltas = stream.heard.flatMap((frame) => (frame.event === 'delta' ? [frame.data] : []))
  expect(deltas.filter(({ state }) => state === 'writing').map(({ text }) => text).join('')).toBe(answer.text)
  expect(answersOf(await read(said.body.conversation.id))).toHaveLength(1)
  stream.close()
})
