/** The visitor's stream: everything once and in order, however often it is cut, and nothing of an answer that lost the floor. */
import type { Delta } from '@earshot/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/app.ts'
import { TestVisitor } from '../../test/visitor.ts'

let app: TestApp
let key: string
beforeAll(async () => {
  app = await startTestApp()
  const { body } = await app.north.machine.post('/api/v1/channels', { name: 'Stream', kind: 'widget' })
  key = body.key
})
afterAll(() => app?.stop())

const visit = () => TestVisitor.start(app.url, key)

async function talk(): Promise<{ visitor: TestVisitor; id: string; say: (text: string) => Promise<unknown> }> {
  const visitor = await visit()
  const { body } = await visitor.say('Hello')
  const id = body.conversation.id as string
  const { ana } = app.north.people
  await ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
  return { visitor, id, say: (text) => ana.caller.post(`/api/v1/conversations/${id}/messages`, { text }) }
}

describe('a stream', () => {
  test('opened before the first message hears everything of the conversation that begins', async () => {
    const visitor = await visit()
    const listening = await visitor.listen()
    const { body } = await visitor.say('My first words')
    await listening.until((l) => l.texts.includes('My first words'))
    expect(listening.heard.find((f) => f.event === 'conversation')?.data).toMatchObject({
      id: body.conversation.id,
      status: 'active',
    })
    listening.close()
  })

  test('cut and resumed anywhere, any number of times, shows each entry once and in order', async () => {
    const { visitor, say } = await talk()
    const texts: string[] = []
    let place: string | undefined
    for (let round = 0; round < 5; round++) {
      await say(`away ${round}`)
      const listening = await visitor.listen(place)
      await listening.until((l) => l.texts.includes(`away ${round}`))
      await say(`here ${round}`)
      await listening.until((l) => l.texts.includes(`here ${round}`))
      texts.push(...listening.texts)
      place = listening.place
      listening.close()
    }
    const rounds = [0, 1, 2, 3, 4].flatMap((n) => [`away ${n}`, `here ${n}`])
    expect(texts).toEqual(['Hello', 'Ana joined the conversation.', ...rounds])
  })

  test('that was away for long gets more than one page, in order', async () => {
    const { visitor, id } = await talk()
    const item = { workspaceId: app.north.id, conversationId: id, kind: 'message' as const, origin: 'history' as const }
    const author = { kind: 'agent' as const, id: null, name: 'Freya' }
    await Promise.all(
      Array.from({ length: 450 }, (_, i) => app.app.node.services.append({ ...item, author, text: String(i) })),
    )
    const listening = await visitor.listen(`${id}:0`)
    await listening.until((l) => l.entries.length >= 452)
    const positions = listening.entries.map((e) => e.position)
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    expect(new Set(positions).size).toBe(452)
    listening.close()
  })

  test('that catches up while more is being said misses nothing and doubles nothing', async () => {
    const { visitor, id, say } = await talk()
    const item = { workspaceId: app.north.id, conversationId: id, kind: 'message' as const, origin: 'history' as const }
    const author = { kind: 'agent' as const, id: null, name: 'Freya' }
    const append = (text: string) => app.app.node.services.append({ ...item, author, text })
    await Promise.all(Array.from({ length: 1000 }, (_, i) => append(String(i))))
    const listening = await visitor.listen(`${id}:0`)
    for (let i = 0; i < 100; i++) await append(`more ${i}`)
    await say('the last')
    await listening.until((l) => l.texts.includes('the last'))
    const positions = listening.entries.map((e) => e.position)
    expect(positions).toEqual(
      Array.from({ length: positions.length }, (_, i) => i + 1).filter((p) => positions.includes(p)),
    )
    expect(listening.texts.filter((text) => /^\d+$|^more/.test(text))).toHaveLength(1100)
    listening.close()
  })

  test('tells when a person joins, hands back, and when it is over', async () => {
    const { visitor, id } = await talk()
    const listening = await visitor.listen()
    const handlers = () => listening.heard.flatMap((f) => (f.event === 'conversation' ? [f.data] : []))
    await listening.until(() => handlers().some((c) => c.handler.kind === 'operator' && c.handler.name === 'Ana'))
    await app.north.people.ana.caller.post(`/api/v1/conversations/${id}/close`)
    await listening.until(() => handlers().some((c) => c.status === 'closed'))
    await visitor.say('One more')
    await listening.until(() => handlers().at(-1)?.status === 'active')
    listening.close()
  })

  test('goes over to the conversation that follows an expired one', async () => {
    const { visitor, id } = await talk()
    const listening = await visitor.listen()
    await listening.until((l) => l.texts.includes('Hello'))
    await app.database.owner.query(
      `update conversation set status = 'closed', ended_at = now() - interval '80 hours' where id = $1`,
      [id],
    )
    const { body } = await visitor.say('A new matter')
    await listening.until((l) => l.texts.includes('A new matter'))
    expect(listening.place).toMatch(new RegExp(`^${body.conversation.id}:1:\\d+$`))
    listening.close()
    const resumed = await visitor.listen(`${id}:3`)
    await resumed.until((l) => l.texts.includes('A new matter'))
    expect(resumed.texts).toEqual(['A new matter'])
    resumed.close()
  })

  test('on one node hears what is written on another', async () => {
    const { visitor, id } = await talk()
    const listening = await visitor.listen()
    const second = await app.startSecondNode()
    const ana = app.north.people.ana.caller.at(second.url)
    await ana.post(`/api/v1/conversations/${id}/messages`, { text: 'From the other node' })
    await listening.until((l) => l.texts.includes('From the other node'))
    listening.close()
  })

  test('is one of at most five a visitor: the oldest gives way', async () => {
    const { visitor } = await talk()
    const all = []
    for (let i = 0; i < 6; i++) all.push(await visitor.listen())
    await all[0]!.until((l) => l.ended)
    expect(all.slice(1).every((l) => !l.ended)).toBe(true)
    for (const listening of all) listening.close()
  })

  test('without a valid token is refused', async () => {
    expect((await fetch(`${app.url}/widget/v1/stream`)).status).toBe(401)
  })
})

describe('an answer being written', () => {
  // Pieces are the test's own: the agent that would answer by itself would end them.
  beforeAll(async () => {
    await app.database.owner.query(`update agent set mode = 'passive' where workspace_id = $1`, [app.north.id])
  })
  afterAll(async () => {
    await app.database.owner.query(`update agent set mode = 'active' where workspace_id = $1`, [app.north.id])
  })

  const piece = (
    conversationId: string,
    epoch: number,
    seq: number,
    text: string,
    more: Partial<Delta> = {},
  ): Delta => ({
    conversationId,
    turnId: `turn ${epoch}`,
    epoch,
    agent: { id: '019aa000-0000-7000-8000-000000000000', name: 'Freya' },
    seq,
    text,
    whole: false,
    state: 'writing',
    ...more,
  })
  const publish = (body: Delta) => app.app.node.bus.publish({ topic: 'delta', workspaceId: app.north.id, body })

  test('arrives piece by piece; of an epoch that lost the floor nothing arrives any more', async () => {
    const visitor = await visit()
    const { body } = await visitor.say('Hello')
    const { id, epoch } = body.conversation
    const listening = await visitor.listen()
    const heard = () => listening.heard.flatMap((f) => (f.event === 'delta' ? [f.data.text] : []))
    await listening.until((l) => l.texts.length > 0)
    publish(piece(id, epoch, 0, 'For 148 m²'))
    await listening.until(() => heard().includes('For 148 m²'))
    await app.north.people.ana.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
    await listening.until((l) => l.heard.some((f) => f.event === 'conversation' && f.data.epoch > epoch))
    publish(piece(id, epoch, 1, ' TOO LATE'))
    app.app.node.bus.publish({
      topic: 'typing',
      workspaceId: app.north.id,
      body: { conversationId: id, who: { kind: 'operator', id: null, name: 'Ana' }, active: true },
    })
    await listening.until((l) => l.heard.some((f) => f.event === 'typing'))
    expect(heard()).toEqual(['For 148 m²'])
    listening.close()
  })

  test('is seen from its beginning by a page that opens in the middle of it', async () => {
    const visitor = await visit()
    const { body } = await visitor.say('Hello')
    const { id, epoch } = body.conversation
    publish(piece(id, epoch, 0, 'For 148 m²'))
    publish(piece(id, epoch, 1, ' I would look'))
    const listening = await visitor.listen()
    const draft = await listening.until((l) => l.heard.find((f) => f.event === 'delta'))
    expect(draft.data).toMatchObject({ text: 'For 148 m² I would look', whole: true, seq: 1 })
    listening.close()
  })
})

test("the contact's typing and presence reach operators' screens", async () => {
  const { visitor, id } = await talk()
  const heard: { topic: string; body: unknown }[] = []
  const stop = app.app.node.bus.subscribe((message) => heard.push(message))
  const listening = await visitor.listen()
  await listening.until((l) => l.texts.length > 0)
  await visitor.caller.post('/widget/v1/typing', { active: true })
  listening.close()
  await expect
    .poll(() => heard.filter((m) => m.topic === 'contact_presence').map((m) => m.body))
    .toEqual([
      { conversationId: id, online: true },
      { conversationId: id, online: false },
    ])
  expect(heard.find((m) => m.topic === 'typing')?.body).toMatchObject({
    conversationId: id,
    who: { kind: 'contact' },
    active: true,
  })
  stop()
})
