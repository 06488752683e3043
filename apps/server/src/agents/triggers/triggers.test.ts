/** Every handoff trigger, one by one: it fires with its reason, the contact is told, and switched off it does not. */
import type { AgentConfig, Conversation } from '@earshot/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ModelBench, openModelBench } from '../../test/model-bench.ts'
import { answersOf } from '../../test/turn-bench.ts'
import { until } from '../../test/until.ts'

type Handoff = AgentConfig['handoff']
let bench: ModelBench
let agentId: string
beforeAll(async () => {
  bench = await openModelBench()
})
afterAll(() => bench.stop())

const configure = async (change: Partial<AgentConfig>) => {
  const { body } = await bench.owner.get(`/api/v1/agents/${agentId}/config`)
  const saved = await bench.owner.put(`/api/v1/agents/${agentId}/config`, {
    config: { ...body.config, ...change },
    baseVersion: body.version,
  })
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body))
}
const handoff = async (triggers: Partial<Handoff>) => {
  const { body } = await bench.owner.get(`/api/v1/agents/${agentId}/config`)
  await configure({ handoff: { ...body.config.handoff, ...triggers } })
}
const isQueued = (conversation: Conversation) => conversation.control === 'queue'

/** Says all of it, one message after the other; the last one calls a person, and the ones before do not. */
async function callsAtLast(said: string[]) {
  const talk = await bench.talk()
  for (const [i, text] of said.entries()) {
    if (i > 0) await talk.answers(i)
    await talk.say(text)
  }
  await talk.until(isQueued)
  const lines = await bench.read(talk.id)
  const requested = lines.find((line) => line.data.type === 'handoff_requested')!
  expect(answersOf(lines)).toHaveLength(said.length - 1)
  expect(requested.data.announcement).toMatch(/\w/)
  const { handoff: made } = await talk.conversation()
  expect(requested.data.reason).toBe(made!.reason)
  return { reason: made!.reason, by: made!.by, detail: requested.data.detail ?? null }
}
async function answers(text: string) {
  const talk = await bench.talk()
  await talk.say(text)
  await talk.answers(1)
  expect((await talk.conversation()).control).toBe('agent')
}

const NOTHING = 'do you sell submarines with torpedoes'
const KNOWN = 'How long does delivery take?'

describe('without a model', () => {
  beforeEach(async () => {
    const made = await bench.owner.post('/api/v1/agents', { name: 'Ada' })
    agentId = made.body.id
    await bench.changeChannel({ agentId })
  })

  const rule = (reason: string, detail: string | null = null) => ({ reason, by: 'rule', detail })
  const topics = [{ name: 'Contracts', description: '', words: ['contract'] }]
  test.each<[string, Partial<Handoff>, string[], object, Partial<Handoff>]>([
    [
      'contact asks',
      {},
      ['I want to talk to a human please'],
      { reason: 'contact_asked', by: 'contact', detail: null },
      { contactAsks: { on: false, phrases: [] } },
    ],
    [
      'nothing found',
      { nothingFound: { on: true } },
      [NOTHING],
      rule('nothing_found'),
      { nothingFound: { on: false } },
    ],
    [
      'repeated failure',
      { repeatedFailure: { on: true, times: 3 } },
      [NOTHING, 'and helicopters for penguins', 'or zeppelins on wheels'],
      rule('repeated_failure', '3'),
      { repeatedFailure: { on: false, times: 2 } },
    ],
    [
      'negative tone',
      { negativeTone: { on: true, times: 2 } },
      ['this is ridiculous, you are useless', 'unacceptable! what a joke'],
      rule('negative_tone'),
      { negativeTone: { on: false, times: 1 } },
    ],
    [
      'keyword',
      { keyword: { on: true, words: ['chargeback'] } },
      ['I will do a chargeback.'],
      rule('keyword', 'chargeback'),
      { keyword: { on: false, words: ['chargeback'] } },
    ],
    [
      'topic',
      { topic: { on: true, topics } },
      ['a question about my contract'],
      rule('topic', 'Contracts'),
      { topic: { on: false, topics } },
    ],
    [
      'turn limit',
      { turnLimit: { on: true, turns: 1 } },
      [KNOWN, 'When are you open?'],
      rule('turn_limit', '1'),
      { turnLimit: { on: true, turns: 2 } },
    ],
    [
      'value',
      { value: { on: true, amount: 1000, memoryKey: null } },
      ['I would order for €1.500,00'],
      rule('value', '1500'),
      { value: { on: true, amount: 2000, memoryKey: null } },
    ],
  ])('%s', async (_name, on, said, expected, off) => {
    await handoff(on)
    expect(await callsAtLast(said)).toEqual(expected)
    await handoff(off)
    await answers(said[0]!)
  })

  test('the value of a memory field calls a person, and one below does not', async () => {
    const field = { key: 'order_value', name: 'Order value', type: 'number' as const }
    await configure({ memoryFields: [{ ...DEFAULT_FIELD, ...field }] })
    await handoff({ value: { on: true, amount: 500, memoryKey: 'order_value' } })
    const talk = await bench.talk()
    await talk.say(KNOWN)
    await talk.answers(1)
    await bench.owner.patch(`/api/v1/conversations/${talk.id}/memory`, { memory: { order_value: 499 } })
    await talk.say('When are you open?')
    await talk.answers(2)
    await bench.owner.patch(`/api/v1/conversations/${talk.id}/memory`, { memory: { order_value: 500 } })
    await talk.say('thanks')
    await talk.until(isQueued)
    expect((await talk.conversation()).handoff?.reason).toBe('value')
  })

  test('a situation calls a person the time its limit says, and each message counts once', async () => {
    const situation = {
      id: crypto.randomUUID(),
      trigger: 'A late parcel',
      words: ['late'],
      act: '',
      limit: 2,
      on: true,
    }
    await configure({ situations: [situation] })
    expect(await callsAtLast(['my parcel is late', 'it is so late'])).toEqual({
      reason: 'situation',
      by: 'rule',
      detail: 'A late parcel',
    })
    await configure({ situations: [{ ...situation, limit: null }] })
    await answers('my parcel is late')
  })

  test('the contact reads the company’s words, and the person needs the agent’s skills', async () => {
    await handoff({ announcement: 'One moment, Olga will be with you.', skills: ['billing'] })
    const { id, lines } = await bench.ask('a human please', isQueued)
    expect(lines.find((line) => line.data.type === 'handoff_requested')?.data.announcement).toBe(
      'One moment, Olga will be with you.',
    )
    const [row] = await bench.sql('select handoff_skills from conversation where id = $1', [id])
    expect(row).toEqual({ handoff_skills: ['billing'] })
  })

  test('out of hours an agent for hours leaves the contact to people, and the other way round', async () => {
    await configure({ hours: { answers: 'out_of_hours' } })
    const { conversation } = await bench.ask(KNOWN, isQueued)
    expect(conversation.handoff).toMatchObject({ reason: 'out_of_hours', by: 'rule' })
    await configure({ hours: { answers: 'in_hours' } })
    await answers(KNOWN)
  })
})

describe('with a model', () => {
  beforeEach(async () => {
    await bench.useModel()
    agentId = (await bench.owner.get('/api/v1/agents?limit=200')).body.items.at(-1).id
  })

  test('waiting too long for its first word calls a person', async () => {
    await handoff({ waitingTooLong: { on: true, seconds: 5 } })
    bench.model.play({ hang: [] })
    const { conversation, lines } = await bench.ask('Hello?', isQueued)
    expect(conversation.handoff).toMatchObject({ reason: 'waiting', by: 'rule' })
    expect(answersOf(lines)).toHaveLength(0)
  })

  test('a topic for people is told by the model where no words tell it', async () => {
    await handoff({ topic: { on: true, topics: [{ name: 'Contracts', description: 'terms and notice', words: [] }] } })
    bench.model.play({ call: [{ name: 'hand_off_topic', arguments: '{"topic":"Contracts"}' }] })
    expect(await callsAtLast(['how do I leave you?'])).toEqual({ reason: 'topic', by: 'agent', detail: 'Contracts' })
    expect(bench.model.asked[0]!.tools).toContain('hand_off_topic')
  })

  test('what the model could not find counts as a failure', async () => {
    const nothing = { call: [{ name: 'nothing_found', arguments: '{"question":"submarines"}' }] }
    bench.model.play(nothing, { say: ['I could not find that.'] }, nothing, { say: ['Not that either.'] })
    expect(await callsAtLast([NOTHING, 'and zeppelins?'])).toEqual({
      reason: 'repeated_failure',
      by: 'rule',
      detail: '2',
    })
  })

  test('a situation without words is told by the model, and its limit is kept', async () => {
    const situation = {
      id: crypto.randomUUID(),
      trigger: 'Threatens to leave',
      words: [],
      act: 'Be kind.',
      limit: 2,
      on: true,
    }
    await configure({ situations: [situation] })
    const note = { call: [{ name: 'note_situation', arguments: '{"situation":"Threatens to leave"}' }] }
    bench.model.play(note, { say: ['Please stay.'] }, note)
    expect(await callsAtLast(['I will cancel', 'I really will'])).toEqual({
      reason: 'situation',
      by: 'agent',
      detail: 'Threatens to leave',
    })
    expect(bench.model.asked[0]!.system).toContain('When this happens: Threatens to leave. Be kind.')
  })

  test('a message counts once, also when its turn is begun anew', async () => {
    const late = { id: crypto.randomUUID(), trigger: 'A late parcel', words: ['late'], act: '', limit: 2, on: true }
    await configure({ situations: [late] })
    bench.model.play({ hang: [] }, { say: ['I will look.'] })
    const talk = await bench.talk()
    await talk.say('my parcel is late')
    await until(async () => bench.model.asked.length === 1, 'the model is asked')
    await talk.say('hello?')
    await talk.answers(1)
    expect((await talk.conversation()).control).toBe('agent')
    const noted = (await bench.read(talk.id)).filter(({ data }) => data.type === 'situation_noticed')
    expect(noted).toHaveLength(1)
  })

  test('rules call a person before the model is asked', async () => {
    await handoff({ keyword: { on: true, words: ['lawsuit'] } })
    expect(await callsAtLast(['I will start a lawsuit'])).toMatchObject({ reason: 'keyword' })
    expect(bench.model.asked).toHaveLength(0)
  })
})

const DEFAULT_FIELD = {
  key: '',
  name: '',
  description: '',
  type: 'text' as const,
  required: false,
  choices: [],
  pattern: '',
  least: null,
  most: null,
  on: true,
}
