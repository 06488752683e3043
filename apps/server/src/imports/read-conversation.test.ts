/** Lines as they come from elsewhere, well meant and hostile, as tables: what becomes of each, or why it is refused. */
import { expect, test } from 'vitest'
import { readConversation } from './read-conversation.ts'
import { chosenEnd } from './times.ts'

const line = (messages: unknown[], more: object = {}): string =>
  JSON.stringify({ id: 'c1', source: 'S', license: 'MIT', lang: 'en', messages, ...more })
const user = (text: string, more: object = {}) => ({ id: 'm1', role: 'user', text, ...more })

test('each role becomes its author, and the id names the source', () => {
  const given = line([
    user('Hi'),
    { id: 'm2', role: 'assistant', text: 'Hello' },
    { id: 'm3', role: 'human_agent', text: 'Dana here' },
  ])
  const { conversation, chosenTimes } = readConversation(given)
  expect(conversation).toMatchObject({
    externalId: 'S:c1',
    agent: 'S',
    status: 'closed',
    tags: [{ key: 'source', value: 'S' }],
    contact: { attributes: { source: 'S', license: 'MIT', language: 'en' } },
    messages: [
      { externalId: 'm1', author: 'contact', text: 'Hi' },
      { externalId: 'm2', author: 'agent', text: 'Hello' },
      { externalId: 'm3', author: 'operator', text: 'Dana here' },
    ],
  })
  expect(chosenTimes).toBe(true)
})

test('a call and its result are one function entry, at the time of the call', () => {
  const { conversation } = readConversation(
    line([
      user('Hi', { ts: 1589375697 }),
      { id: 'm2', role: 'tool', action: 'call:book', text: '[{"Name": "Ann"}, {"Day": "Monday"}]', ts: 1589375755 },
      { id: 'm3', role: 'tool', action: 'result:-1', text: '{"Message": "ok"}', ts: null },
      { id: 'm4', role: 'assistant', text: 'Done', ts: 1589375820 },
    ]),
  )
  expect(conversation.messages).toHaveLength(3)
  expect(conversation.messages[1]).toEqual({
    externalId: 'm2',
    author: 'agent',
    at: '2020-05-13T13:15:55.000Z',
    functionCall: { name: 'book', parameters: { Name: 'Ann', Day: 'Monday' }, result: { Message: 'ok' }, status: 'ok' },
  })
  expect(conversation).toMatchObject({ startedAt: '2020-05-13T13:14:57.000Z', endedAt: '2020-05-13T13:17:00.000Z' })
})

const tool = (action: string, text: string) => ({ id: 't', role: 'tool', action, text })
test.each([
  [
    'a call that was never answered',
    [tool('call:a', '{}')],
    [{ name: 'a', parameters: {}, result: null, status: 'error' }],
  ],
  [
    'a result without a call',
    [tool('result', '{"success":true}')],
    [{ name: 'unknown_function', parameters: {}, result: { success: true }, status: 'ok' }],
  ],
  [
    'a call that failed',
    [tool('call:a', '{}'), tool('result', '{"success":false}')],
    [{ name: 'a', parameters: {}, result: { success: false }, status: 'error' }],
  ],
  [
    'a call that answered with an error',
    [tool('call:a', '{}'), tool('result:0', '{"error":"timeout"}')],
    [{ name: 'a', parameters: {}, result: { error: 'timeout' }, status: 'error' }],
  ],
  [
    'arguments that are no JSON',
    [tool('call:a', 'size: 4'), tool('result', 'done')],
    [{ name: 'a', parameters: 'size: 4', result: 'done', status: 'ok' }],
  ],
  [
    'a list whose keys repeat',
    [tool('call:a', '[{"k":1},{"k":2}]'), tool('result', 'null')],
    [{ name: 'a', parameters: [{ k: 1 }, { k: 2 }], result: null, status: 'ok' }],
  ],
  [
    'what a person did by a button',
    [tool('button', 'Account opened')],
    [{ name: 'button', parameters: {}, result: 'Account opened', status: 'ok' }],
  ],
  [
    'two calls in a row',
    [tool('call:a', '{}'), tool('result', '1'), tool('call:b', '{}'), tool('result', '2')],
    [
      { name: 'a', parameters: {}, result: 1, status: 'ok' },
      { name: 'b', parameters: {}, result: 2, status: 'ok' },
    ],
  ],
])('%s', (_, tools, functions) => {
  const messages = [user('Hi'), ...tools.map((row, i) => ({ ...row, id: `t${i}` }))]
  expect(
    readConversation(line(messages))
      .conversation.messages.slice(1)
      .map(({ functionCall }) => functionCall),
  ).toEqual(functions)
})

test('buttons of a chat without any agent are the operator’s', () => {
  const { conversation } = readConversation(
    line([{ id: 'm1', role: 'human_agent', text: 'Hi' }, tool('button', 'Opened')]),
  )
  expect(conversation.messages[1]!.author).toBe('operator')
})

test('times that are missing are chosen from the id, always the same, in order, in the past', () => {
  const given = line([
    user('Hi'),
    { id: 'm2', role: 'assistant', text: 'Hello, what can I do for you today?' },
    { id: 'm3', role: 'user', text: 'x'.repeat(9000) },
  ])
  const times = readConversation(given).conversation.messages.map(({ at }) => Date.parse(at!))
  expect(readConversation(given).conversation.messages.map(({ at }) => Date.parse(at!))).toEqual(times)
  expect(times.toSorted((a, b) => a - b)).toEqual(times)
  expect(new Set(times).size).toBe(3)
  expect(times[2]).toBe(chosenEnd('S:c1'))
  expect(new Date(times[0]!).getUTCFullYear()).toBe(2025)
  expect(times[2]! - times[1]!).toBeLessThanOrEqual(120_000)
  const other = readConversation(line([user('Hi')], { id: 'c2' })).conversation.endedAt
  expect(other).not.toBe(new Date(times[2]!).toISOString())
})

test.each([
  ['seconds', 1589375697, '2020-05-13T13:14:57.000Z'],
  ['milliseconds', 1589375697123, '2020-05-13T13:14:57.123Z'],
  ['ISO 8601', '2024-02-03T04:05:06+02:00', '2024-02-03T02:05:06.000Z'],
])('times in %s are kept', (_, ts, at) => {
  expect(readConversation(line([user('Hi', { ts })])).conversation.messages[0]!.at).toBe(at)
})

test('a message without a time among others stands at the one before it, or the first', () => {
  const rows = [user('a'), user('b', { id: 'm2', ts: 1589375697 }), user('c', { id: 'm3' })]
  const ats = readConversation(line(rows)).conversation.messages.map(({ at }) => at)
  expect(ats).toEqual(Array(3).fill('2020-05-13T13:14:57.000Z'))
})

test('our own format passes through, and the wishes of the command win', () => {
  const own = {
    externalId: 'x1',
    channel: 'whatsapp',
    agent: 'A',
    messages: [{ externalId: '1', author: 'contact', text: 'Hi' }],
  }
  expect(readConversation(JSON.stringify(own)).conversation).toEqual(own)
  expect(readConversation(JSON.stringify(own), { channel: 'slack', agent: 'B' }).conversation).toMatchObject({
    channel: 'slack',
    agent: 'B',
  })
  expect(readConversation(line([user('Hi')], { channel: 'widget' }), { channel: 'crm' }).conversation.channel).toBe(
    'crm',
  )
})

test.each([
  ['{"id": "c1", "messages": [', 'invalid JSON'],
  ['"Ann Smith, card 4111"', 'a line must be a JSON object'],
  ['[1,2]', 'a line must be a JSON object'],
  ['null', 'a line must be a JSON object'],
  ['{"a":1,"b":2}', 'unknown format: a conversation has messages and an id or externalId; this line has a, b'],
  ['{}', 'this line has nothing'],
  [line([]), 'there are no messages'],
  [line([user('Hi', { role: 'system' })]), 'message m1: there is no role "system"'],
  [line([user('Hi', { role: 'r'.repeat(5000) })]), 'message m1: there is no role'],
  [line([user('')]), 'message m1 has no text'],
  [line([user('Hi', { ts: 'yesterday' })]), 'message m1: "yesterday" is no time'],
  [line([user('Hi', { ts: 17 })]), 'message m1: "17" is no time'],
  [line([user('x'.repeat(16_001))]), 'message m1: its text has 16,001 characters; at most 16,000 are kept'],
  [line(['Hi']), 'message 1'],
  [line([user('Hi', { text: 5 })]), 'message 1.text'],
  [line([user('Hi')], { channel: 'pigeon' }), 'channel'],
  [line([user('Hi')], { id: '' }), 'the conversation.id'],
  [
    line([user('Hi'), tool('call:a', `{"d":${'['.repeat(40)}${']'.repeat(40)}}`)]),
    'message t: functionCall.parameters: must be JSON of bounded depth',
  ],
  [line(Array.from({ length: 5001 }, (_, i) => user('Hi', { id: `m${i}` }))), 'messages'],
  ['{"externalId":"x","messages":[{"externalId":"1","author":"bot","text":"Hi"}]}', 'message 1: author'],
  ['{"externalId":"x","messages":[],"secret":1}', 'Unrecognized key'],
  [JSON.stringify({ externalId: 'x', messages: [{ externalId: '1', author: 'contact' }] }), 'message 1: needs text'],
])('refused: %.60s', (given, reason) => {
  expect(() => readConversation(given)).toThrow(reason)
})

test('a reason is short and repeats nothing that a customer wrote', () => {
  try {
    readConversation('{"text": "my card is 4111 1111", oops')
    expect.unreachable()
  } catch (error) {
    expect(String(error)).not.toContain('4111')
    expect(String(error).length).toBeLessThan(200)
  }
})

test('text that no database takes is made sound', () => {
  const { conversation } = readConversation(line([user('a\u0000b\ud800c')]))
  expect(conversation.messages[0]!.text).toBe('a\uFFFDb\uFFFDc')
})

test('a key named like the prototype changes nothing', () => {
  const given = '{"id":"c1","__proto__":{"polluted":1},"messages":[{"id":"m1","role":"user","text":"Hi"}]}'
  expect(readConversation(given).conversation.externalId).toBe('import:c1')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
