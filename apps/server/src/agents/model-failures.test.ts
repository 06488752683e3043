/** Every way in which a model can fail, against a stand-in: the contact is answered or told, and operators read why. */
import type { Delta } from '@earshot/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { KEY, type ModelBench, openModelBench } from '../test/model-bench.ts'
import type { Act, ModelStandIn } from '../test/model-stand-in.ts'
import { answersOf } from '../test/turn-bench.ts'
import { until } from '../test/until.ts'
import type { TurnLimits } from './limits.ts'

let bench: ModelBench
let model: ModelStandIn
beforeAll(async () => {
  bench = await openModelBench()
  model = bench.model
})
afterAll(() => bench.stop())
beforeEach(() => bench.useModel())
afterEach(() => expect(model.complaints).toEqual([]))

const NUL = String.fromCharCode(0)
const chunk = (content: string) =>
  `data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}},"finish_reason":null}]}\n\n`
const huge = Array.from({ length: 700 }, () => chunk('x'.repeat(16_000)))
const FAILURES: [string, Act, { detail: string; asked: number; limits?: Partial<TurnLimits> }][] = [
  ['is not there (503)', { status: 503 }, { detail: '503', asked: 3 }],
  ['fails (500)', { status: 500, body: 'no json at all' }, { detail: '500', asked: 3 }],
  ['limits the rate without saying how long (429)', { status: 429 }, { detail: '429', asked: 3 }],
  [
    'limits the rate for longer than anybody waits',
    { status: 429, headers: { 'retry-after': '120' } },
    { detail: '429', asked: 1 },
  ],
  [
    'refuses the key (401)',
    { status: 401, body: { error: { message: `Incorrect API key provided: ${KEY}`, type: 'auth' } } },
    { detail: '401', asked: 1 },
  ],
  ['does not know the model (404)', { status: 404 }, { detail: '404', asked: 1 }],
  ['drops the connection at once', { reset: [] }, { detail: '', asked: 3 }],
  ['drops the connection in the middle', { reset: ['Half an', ' answer'] }, { detail: '', asked: 2 }],
  ['ends without an end', { cut: ['Half an', ' answer'] }, { detail: 'finish', asked: 2 }],
  ['never begins', { hang: [] }, { detail: 'in time', asked: 1, limits: { firstWordMs: 250, patienceMs: 250 } }],
  ['begins and never goes on', { hang: ['Let me', ' see'] }, { detail: 'in time', asked: 2, limits: { wholeMs: 300 } }],
  ['never ends', { endless: 'word ', everyMs: 20 }, { detail: 'in time', asked: 2, limits: { wholeMs: 300 } }],
  ['answers nothing', { say: [] }, { detail: 'nothing', asked: 3 }],
  ['answers blanks', { say: ['  ', '\n\n', ' \t'] }, { detail: 'nothing', asked: 3 }],
  ['sends what is no JSON', { raw: ['data: {"choices": [oops\n\n', 'data: [DONE]\n\n'] }, { detail: '', asked: 3 }],
  [
    'sends JSON of another kind',
    { raw: ['data: {"hello": "world"}\n\n', 'data: [DONE]\n\n'] },
    { detail: '', asked: 3 },
  ],
  ['sends a web page', { raw: ['<html><body>It works!</body></html>'] }, { detail: '', asked: 3 }],
  ['sends NUL', { say: [`a${NUL}b`] }, { detail: 'no text', asked: 3 }],
  [
    'sends half a character',
    {
      raw: [
        chunk('ab').replace('"ab"', '"a\\ud83d b"'),
        'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n',
        'data: [DONE]\n\n',
      ],
    },
    { detail: 'no text', asked: 2 },
  ],
  ['sends far more than it may', { raw: [...huge.slice(0, 3), 'data: [DONE]\n\n'] }, { detail: 'far more', asked: 2 }],
  ['sends ten megabytes', { raw: huge }, { detail: '', asked: 2 }],
  [
    'sends one endless line',
    { raw: ['data: ', ...Array.from({ length: 200 }, () => 'y'.repeat(64_000))] },
    { detail: '', asked: 3 },
  ],
  ['is stopped by a filter', { say: ['I'], finish: 'content_filter' }, { detail: 'filter', asked: 1 }],
  [
    'reports an error inside its stream',
    { errorInside: 'The engine is currently overloaded' },
    { detail: 'overloaded', asked: 3 },
  ],
  [
    'redirects to the inside',
    { status: 302, headers: { location: 'http://169.254.169.254/latest' } },
    { detail: 'redirect', asked: 1 },
  ],
]

test.each(FAILURES)('it %s', async (_, act, expected) => {
  Object.assign(bench.limits, expected.limits)
  model.play(act)
  const deltas: Delta[] = []
  const unsubscribe = bench.app.app.node.bus.subscribe(
    ({ topic, body }) => topic === 'delta' && deltas.push(body as Delta),
  )
  const talk = await bench.talk()
  const stream = await talk.visitor.listen()
  await talk.say('hello')
  await talk.until((c) => c.control === 'queue')
  const lines = await bench.read(talk.id)
  expect(answersOf(lines)).toEqual([])
  const failed = lines.find((line) => line.data.type === 'answer_failed')
  expect(failed?.data.reason).toBe('model_failed')
  expect(failed?.text).toContain(expected.detail)
  expect((await talk.conversation()).handoff).toMatchObject({ state: 'queued', reason: 'model_failed', by: 'rule' })
  const told = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'system'))
  expect(told.text).toContain('Somebody from the team will answer you')
  expect(model.asked.length).toBe(expected.asked)
  expect(deltas.filter(({ conversationId }) => conversationId === talk.id).at(-1)?.state).toBe('cancelled')
  await until(async () => (await bench.waiting(talk.id)) === 0, 'nobody waits')
  expect(JSON.stringify([lines, stream.heard])).not.toContain(KEY)
  stream.close()
  unsubscribe()
})

test('a short failure is bridged by a retry, and Retry-After is kept', async () => {
  model.play({ status: 429, headers: { 'retry-after-ms': '60' } }, { status: 500 }, { say: ['Back again.'] })
  const talk = await bench.talk()
  await talk.say('hello')
  expect((await talk.answers(1))[0]!.text).toBe('Back again.')
  expect(model.asked).toHaveLength(3)
})

test('an answer that broke off is taken back and given whole', async () => {
  model.play({ reset: ['Wrong', ' half'] }, { say: ['The whole', ' answer.'] })
  const visitor = await bench.visitor()
  const stream = await visitor.listen()
  await visitor.say('hello')
  const answer = await stream.until((s) => s.entries.find((entry) => entry.author.kind === 'agent'))
  expect(answer.text).toBe('The whole answer.')
  const deltas = stream.heard.flatMap((frame) => (frame.event === 'delta' ? [frame.data] : []))
  const [first, second] = [...new Set(deltas.map(({ turnId }) => turnId))]
  expect(deltas.filter(({ turnId }) => turnId === first).at(-1)!.state).toBe('cancelled')
  expect(
    deltas
      .filter(({ turnId, state }) => turnId === second && state === 'writing')
      .map(({ text }) => text)
      .join(''),
  ).toBe('The whole answer.')
  stream.close()
})

test('an answer cut at the length limit is kept, and shows it', async () => {
  model.play({ say: ['A long story without an'], finish: 'length' })
  const talk = await bench.talk()
  await talk.say('hello')
  expect((await talk.answers(1))[0]!.text).toBe('A long story without an…')
})

test('a model that keeps failing is left alone for a while', async () => {
  model.play({ status: 401 })
  for (let i = 0; i < 6; i++) await bench.ask('hello', (c) => c.control === 'queue')
  expect(model.asked).toHaveLength(5)
})

test('tokens of tries that failed are counted too', async () => {
  model.play({ say: [], usage: { input: 70, output: 1 } })
  const { conversation } = await bench.ask('hello', (c) => c.control === 'queue')
  expect(conversation.tokens).toEqual({ input: 210, output: 3 })
})
