/** Built-in functions: they work where the list has them, and never against what a person decided. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { FunctionBench } from '../../test/function-bench.ts'
import { callsOf } from '../../test/turn-bench.ts'

const field = (key: string, type: string, given: object = {}) => ({ key, name: key, type, ...given })
let own: FunctionBench
beforeAll(async () => {
  own = await FunctionBench.open()
})
afterAll(() => own.stop())
beforeEach(() => own.renew())
afterEach(() => expect(own.bench.model.complaints).toEqual([]))

test('tag, stage and end work where the list has them; a stage that a person chose stays', async () => {
  const tools = () => own.bench.model.asked.at(-1)!.tools
  await own.ask()
  expect(tools()).toEqual(['search_knowledge', 'hand_off', 'nothing_found'])
  await own.save({
    functions: [
      own.builtin('tag'),
      own.builtin('set_stage'),
      own.builtin('end_conversation'),
      own.builtin('hand_off', { on: false }),
    ],
  })
  own.bench.model.play(
    {
      call: [
        { name: 'tag', arguments: '{"tag":"Topic: Billing"}' },
        { name: 'set_stage', arguments: '{"stage":"quote_request"}' },
        { name: 'end_conversation', arguments: '{"reason":"settled"}' },
      ],
    },
    { say: ['Goodbye.'] },
  )
  const { talk } = await own.ask('That was all, thanks')
  expect(tools()).toEqual(['search_knowledge', 'tag', 'set_stage', 'end_conversation', 'nothing_found'])
  await talk.until((c) => c.status === 'closed')
  const ended = await talk.conversation()
  expect(ended.stage.key).toBe('quote_request')
  expect(ended.tags).toContainEqual({ key: 'Topic', value: 'Billing' })

  const other = await own.bench.talk()
  own.bench.model.play({ say: ['Hello.'] })
  await other.say('hello')
  await other.answers(1)
  await own.bench.owner.patch(`/api/v1/conversations/${other.id}`, { stage: 'info_only' })
  own.play('set_stage', { stage: 'quote_request' })
  await other.say('I want a quote')
  await other.answers(2)
  expect((await other.conversation()).stage.key).toBe('info_only')
  expect(callsOf(await own.bench.read(other.id)).map((line) => line.functionCall)).toMatchObject([
    { status: 'refused' },
  ])
})

test('the model writes down what its fields take; a person’s word stays, and a valid address reaches the contact', async () => {
  await own.save({ memoryFields: [field('email', 'email'), field('house', 'choice', { choices: ['Flat', 'House'] })] })
  const remember = (key: string, value: string) => ({
    name: 'remember',
    arguments: JSON.stringify({ field: key, value }),
  })
  own.bench.model.play(
    { call: [remember('email', 'not an address'), remember('house', 'house'), remember('email', 'ana@example.com')] },
    { say: ['Noted.'] },
  )
  const { talk, calls } = await own.ask('take this down')
  expect(calls.map(({ status }) => status)).toEqual(['refused', 'ok', 'ok'])
  const conversation = await talk.conversation()
  expect(conversation.memory).toEqual({ email: 'ana@example.com', house: 'House' })
  expect(conversation.contact.email).toBe('ana@example.com')
  await own.bench.owner.patch(`/api/v1/conversations/${talk.id}/memory`, { memory: { house: 'Boat' } })
  own.bench.model.play({ call: [remember('house', 'Flat')] }, { say: ['Noted.'] })
  await talk.say('no, a flat')
  await talk.answers(2)
  expect((await talk.conversation()).memory.house).toBe('Boat')
  expect(own.bench.model.asked[0]!.system).toContain('"house":"Boat"')
})
