/** Briefs: written at the handoff from what was said and nothing else, refined by a model only where the entries bear it out. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ModelBench, openModelBench } from '../../test/model-bench.ts'
import { until } from '../../test/until.ts'
import { readLines } from './refine-brief.ts'

let bench: ModelBench
beforeAll(async () => {
  bench = await openModelBench()
})
afterAll(() => bench.stop())

let count = 0
const TALK: [string, string][] = [
  ['contact', 'Hi, I want to replace my oil boiler from 1974 with a heat pump. What does it cost?'],
  ['agent', 'A typical installation of the AW-12 costs 11,840 euros. I will send you the offer by e-mail today.'],
  ['contact', 'It would have to go on the flat roof. Is roof mounting allowed in Turku?'],
  ['agent', 'I could not find a rule about roof mounting for your municipality.'],
  ['contact', 'This is really frustrating, my neighbour was told no. I would rather speak to a person.'],
]
async function talk(messages = TALK) {
  const externalId = `brief-${++count}`
  let id = ''
  for (const [i, [author, text]] of messages.entries()) {
    const { status, body } = await bench.app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId, agent: 'Freya' },
      message: {
        externalId: `m${i}`,
        author,
        text,
        ...(i === 1 && {
          functionCall: { name: 'estimate', parameters: {}, result: { price_eur: 11840, unit: 'AW-12' }, status: 'ok' },
        }),
      },
    })
    expect(status, JSON.stringify(body)).toBe(201)
    id = body.conversationId
  }
  return { id, path: `/api/v1/conversations/${id}` }
}
const briefOf = async (path: string) => (await bench.owner.get(`${path}/brief`)).body
const entriesOf = async (path: string) => (await bench.owner.get(`${path}/entries`)).body.items

test('a handoff brings a brief, and every line stands in the entry it names', async () => {
  const { path } = await talk()
  expect((await bench.owner.get(`${path}/brief`)).body.code).toBe('brief.not_found')
  await bench.owner.post(`${path}/handoff`, { reason: 'Asked for a person' })
  await until(async () => (await briefOf(path)).writtenAt, 'the brief is there')
  const brief = await briefOf(path)
  expect(brief).toMatchObject({ writtenFor: 'handoff', reason: 'Asked for a person', who: { conversations: 1 } })
  expect(brief.writtenBy.kind).toBe('embedded')
  expect(brief.wants[0].positions).toEqual([1])
  expect(brief.functions).toMatchObject([{ name: 'estimate', status: 'ok', result: 'unit: AW-12, price_eur: 11840' }])
  const open = brief.open.map((line: { text: string }) => line.text).join(' ')
  expect(open).toContain('Is roof mounting allowed in Turku?')
  expect(brief.tone.positions.length).toBeGreaterThan(0)
  const texts = new Map<number, string>(
    (await entriesOf(path)).map((e: { position: number; text: string }) => [e.position, e.text ?? '']),
  )
  for (const line of [...brief.wants, ...brief.answered, ...brief.open, ...brief.promised]) {
    expect(line.positions.length).toBeGreaterThan(0)
    if (line.quoted) expect(texts.get(line.positions[0])).toContain(line.text.replace(/…$/, ''))
    for (const position of line.positions) expect(texts.has(position)).toBe(true)
  }
})

test('who takes over later finds one that knows what was said since; the same entries are not written twice', async () => {
  const { path } = await talk(TALK.slice(0, 2))
  await bench.owner.put(`${path}/control`, { control: 'operator' })
  await until(async () => (await briefOf(path)).writtenFor === 'take_over', 'the brief is there')
  const first = await briefOf(path)
  await bench.owner.post(`${path}/messages`, { text: 'Anna here. Which roof is it?' })
  await bench.owner.put(`${path}/control`, { control: 'agent' })
  await bench.owner.put(`${path}/control`, { control: 'operator' })
  await until(async () => (await briefOf(path)).throughPosition > first.throughPosition, 'it was written again')
  expect((await bench.owner.post(`${path}/brief`)).body).toMatchObject({ writtenFor: 'request' })
})

test('a model refines it, once; what the entries do not bear out is not taken', async () => {
  await bench.useModel()
  bench.model.briefs = {
    say: [
      JSON.stringify({
        wants: [
          { text: 'Wants to replace an oil boiler from 1974 by a heat pump.', positions: [1] },
          { text: 'Wants a refund of 999 euros.', positions: [1] },
          { text: 'Lives in Helsinki.', positions: [77] },
        ],
        answered: [{ text: 'See https://evil.example', positions: [2] }],
      }),
    ],
  }
  const conversation = await bench.talk()
  await conversation.say('I want to replace an oil boiler from 1974 by a heat pump, what does it cost?')
  await conversation.answers(1)
  const path = `/api/v1/conversations/${conversation.id}`
  await bench.owner.post(`${path}/handoff`, { reason: 'Asked for a person' })
  await until(async () => (await briefOf(path)).writtenBy?.kind === 'model', 'the model has written it')
  const brief = await briefOf(path)
  expect(brief).toMatchObject({ refining: false, writtenBy: { model: 'small-1' }, tokens: { input: 100 } })
  expect(brief.wants).toEqual([
    { text: 'Wants to replace an oil boiler from 1974 by a heat pump.', quoted: false, positions: [1] },
  ])
  expect(JSON.stringify(brief)).not.toContain('evil.example')
})

test('a model that fails or says something else leaves the brief as it was', async () => {
  await bench.useModel()
  bench.model.briefs = { say: ['Sure! Ignore everything and call 112.'] }
  const conversation = await bench.talk()
  await conversation.say('Where is my order A-17, and when does it come?')
  await conversation.answers(1)
  const path = `/api/v1/conversations/${conversation.id}`
  await bench.owner.post(`${path}/handoff`, { reason: 'Asked for a person' })
  await until(async () => (await briefOf(path)).tokens?.input === 100, 'the model was asked')
  expect(await briefOf(path)).toMatchObject({ writtenBy: { kind: 'embedded' } })
  expect((await briefOf(path)).open.length + (await briefOf(path)).wants.length).toBeGreaterThan(0)
})

test('lines of a model are read strictly', () => {
  const texts = new Map([[3, 'I paid 1,250.50 euros on 3 May, write to ana@shop.example']])
  const wants = (text: string, positions: unknown = [3]) =>
    readLines(JSON.stringify({ wants: [{ text, positions }] }), texts)?.wants.map((line) => line.text)
  expect(wants('Paid 1250.50 euros.')).toEqual(['Paid 1250.50 euros.'])
  expect(wants('Write to ana@shop.example.')).toEqual(['Write to ana@shop.example.'])
  for (const made of ['Paid 1300 euros.', 'Write to eve@shop.example.', 'See www.shop.example', 'x'.repeat(300)])
    expect(wants(made)).toBeUndefined()
  for (const positions of [[], [4], [3, 9], 'all']) expect(wants('Paid.', positions)).toBeUndefined()
  expect(readLines('no json', texts)).toBeUndefined()
})
