/** The search through HTTP: one field finds names, ids and every word said, at once and by anyone's way of writing. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '../../test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  const items = [
    [
      'zoe',
      'Zoë Ångström',
      'zoe@example.com',
      '+49 (30) 123-4567',
      ['My order #AB123 is late', 'Wo bleibt meine Größe? 100% sure_thing C:\\dir'],
    ],
    ['wei', '王伟', 'wei@example.com', '+86 10 6552 9988', ['请问订单退款什么时候到？', '您好，订单退款三天内到账。']],
    ['omar', 'عمر', 'omar@example.com', null, ['أين طلبي؟ أريد استرداد المبلغ', 'Done 👍🏽']],
    [
      'many',
      'Mary Many',
      'many@example.com',
      '004420 7946 0958',
      Array.from({ length: 30 }, (_, i) => `line ${i} ${i % 10 === 3 ? 'needle here, NEEDLE there' : 'hay'}`),
    ],
  ].map(([externalId, name, email, phone, texts]) => ({
    externalId,
    channel: 'api',
    agent: 'Otto Ännchen',
    contact: { name, email, ...(phone ? { phone } : {}) },
    status: 'active',
    messages: (texts as string[]).map((text, i) => ({
      externalId: `m${i}`,
      author: i % 2 ? 'agent' : 'contact',
      text,
      at: new Date(Date.UTC(2026, 9, 1, 0, i)).toISOString(),
    })),
  }))
  const { body } = await app.north.machine.post('/api/v1/ingest/conversations', { items })
  expect(body.results.map((r: { status: string }) => r.status)).toEqual(['created', 'created', 'created', 'created'])
})
afterAll(() => app?.stop())

interface Found {
  id: string
  contact: { email: string }
  match: { position: number | null; field: string; snippet: string; highlights: { start: number; end: number }[] }
}
const find = async (q: string, workspace: TestWorkspace = app.north, more = ''): Promise<Found[]> => {
  const reply = await workspace.machine.get(`/api/v1/conversations?q=${encodeURIComponent(q)}${more}`)
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body.items
}
const who = async (q: string) => (await find(q)).map((c) => c.contact.email.split('@')[0]).sort()
const marked = ({ snippet, highlights }: Found['match']) =>
  highlights.map(({ start, end }) => snippet.slice(start, end))

test.each([
  ['AB123', ['zoe'], 'message', 'AB123'],
  ['b12', ['zoe'], 'message', 'B12'],
  ['groesse', [], '', ''],
  ['grosse', ['zoe'], 'message', 'Größe'],
  ['GRÖSSE', ['zoe'], 'message', 'Größe'],
  ['100%', ['zoe'], 'message', '100%'],
  ['%', ['zoe'], 'message', '%'],
  ['e_t', ['zoe'], 'message', 'e_t'],
  ['\\', ['zoe'], 'message', '\\'],
  ['zoe ang', ['zoe'], 'contactName', 'Zoë Ång'],
  ['ZOE@EXAMPLE', ['zoe'], 'contactEmail', 'zoe@example'],
  ['301234', ['zoe'], 'contactPhone', '30) 123-4'],
  ['+49 30 1234567', ['zoe'], 'contactPhone', '49 (30) 123-4567'],
  ['207946', ['many'], 'contactPhone', '20 7946'],
  ['退', ['wei'], 'message', '退'],
  ['订单退款', ['wei'], 'message', '订单退款'],
  ['王', ['wei'], 'contactName', '王'],
  ['استرداد', ['omar'], 'message', 'استرداد'],
  ['اين', ['omar'], 'message', 'أين'],
  ['👍', ['omar'], 'message', '👍'],
  ["'; drop table", [], '', ''],
])('%s is found in %j, in the %s, marked as %s', async (q, expected, field, mark) => {
  const found = await find(q)
  expect(found.map((c) => c.contact.email.split('@')[0])).toEqual(expected)
  if (found[0]) {
    expect(found[0].match.field).toBe(field)
    expect(marked(found[0].match)[0]).toBe(mark)
  }
})

test('agent names, titles and session ids are found too, and the newest place is told', async () => {
  expect(await who('otto annchen')).toEqual(['many', 'omar', 'wei', 'zoe'])
  const [first] = await find('needle')
  expect(first!.match).toMatchObject({ position: 24, field: 'message', snippet: 'line 23 needle here, NEEDLE there' })
  expect(marked(first!.match)).toEqual(['needle', 'NEEDLE'])
  const { body } = await app.north.machine.get(`/api/v1/conversations/${first!.id}`)
  expect((await find(body.sessionId)).map((c) => c.id)).toEqual([first!.id])
  await app.north.people.ana.caller.patch(`/api/v1/conversations/${first!.id}`, { title: 'Haystack reviewed' })
  expect((await find('stack rev'))[0]!.match).toMatchObject({ position: null, field: 'title' })
})

test('all places inside one conversation are listed, oldest first', async () => {
  const [{ id }] = (await find('needle')) as [Found]
  const { status, body } = await app.north.people.viewer.caller.get(`/api/v1/conversations/${id}/matches?q=needle`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    conversationId: id,
    total: 3,
    items: [{ position: 4 }, { position: 14 }, { position: 24 }],
  })
  const among = async (query: string): Promise<number> =>
    (await app.north.people.viewer.caller.get(`/api/v1/conversations/${id}/matches?${query}`)).body.total
  expect(await among('q=NEEDLE&exact=case')).toBe(3)
  expect(await among('q=Needle&exact=case')).toBe(0)
  expect(await among('q=needl')).toBe(3)
  expect(await among('q=needl&exact=word')).toBe(0)
  expect(await among('q=there&exact=word&exact=case')).toBe(3)
  expect(await among('q=%2B%28%3F&exact=word')).toBe(0)
  const [contact, team, note] = await Promise.all(['contact', 'team', 'note'].map((of) => among(`q=needle&of=${of}`)))
  expect([contact! + team!, note]).toEqual([3, 0])
  expect(await among('q=needle&of=contact&of=team&of=note')).toBe(3)
  const elsewhere = await app.south.machine.get(`/api/v1/conversations/${id}/matches?q=needle`)
  expect(elsewhere.body.code).toBe('conversation.not_found')
})

test('a message is found the moment it is stored, a note too, coaching never', async () => {
  const [{ id }] = (await find('王')) as [Found]
  const ana = app.north.people.ana.caller
  await ana.post(`/api/v1/conversations/${id}/notes`, { text: 'Quokka noted' })
  expect((await find('quokka'))[0]!.match).toMatchObject({ field: 'note', snippet: 'Quokka noted' })
  await app.north.machine.post('/api/v1/ingest/messages', {
    conversation: { externalId: 'wei' },
    message: { externalId: 'new', author: 'contact', text: 'Wombat this very moment' },
  })
  expect(await who('wombat')).toEqual(['wei'])
})

test('filters narrow it, and the counts agree', async () => {
  expect(await find('order', app.north, '&status=closed')).toEqual([])
  const { body } = await app.north.machine.get('/api/v1/conversations/counts?q=example.com')
  expect(body.total).toBe(4)
  expect((await app.north.machine.get('/api/v1/conversations/counts?q=wombat&channel=widget')).body.total).toBe(0)
})

test('another workspace finds nothing of it', async () => {
  for (const q of ['order', 'zoe', '301234', '退', 'otto', '100%']) expect(await find(q, app.south)).toEqual([])
})
