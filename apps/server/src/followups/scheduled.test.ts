/** What an agent promised to write later: said once, seen and cancelled by people, and never after the contact wrote, a person took over, or somebody said stop. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { FunctionBench } from '../test/function-bench.ts'
import { answersOf, type Talk } from '../test/turn-bench.ts'
import { sweepFollowUps } from './index.ts'

let own: FunctionBench
beforeAll(async () => {
  own = await FunctionBench.open()
})
afterAll(() => own.stop())
beforeEach(async () => {
  await own.renew()
  await own.save({ functions: [own.builtin('schedule_follow_up')] })
})
afterEach(() => expect(own.bench.model.complaints).toEqual([]))

const TEXT = 'Did the new filter arrive?'
const minutesOn = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const sweep = (minutes: number) => sweepFollowUps(own.bench.app.app.node.services, minutesOn(minutes))
const at = (talk: Talk, rest = '') => `/api/v1/conversations/${talk.id}${rest}`
const scheduled = async (talk: Talk) => (await own.bench.owner.get(at(talk, '/follow-up'))).body.scheduled
const said = async (talk: Talk) => answersOf(await own.bench.read(talk.id)).filter(({ text }) => text === TEXT)

async function promised(): Promise<Talk> {
  own.play('schedule_follow_up', { text: TEXT, after_minutes: 60 })
  const { talk, calls } = await own.ask('Write me tomorrow, please')
  expect(calls).toMatchObject([{ name: 'schedule_follow_up', status: 'ok' }])
  return talk
}

test('it is seen while it waits, and said once when it is due, by however many sweeps', async () => {
  const talk = await promised()
  expect(await scheduled(talk)).toMatchObject({ text: TEXT, agent: 'Grace' })
  await sweep(59)
  expect(await said(talk)).toEqual([])
  await Promise.all([sweep(61), sweep(61), sweep(61)])
  await sweep(62)
  expect(await said(talk)).toHaveLength(1)
  expect(await scheduled(talk)).toBeNull()
})

test('a later promise takes the place of the first', async () => {
  const talk = await promised()
  own.play('schedule_follow_up', { text: 'Is all well?', after_minutes: 30 })
  await talk.say('Sooner, please')
  await talk.answers(2)
  await sweep(61)
  expect(await said(talk)).toEqual([])
  expect(answersOf(await own.bench.read(talk.id)).at(-1)!.text).toBe('Is all well?')
})

test.each<[string, (talk: Talk) => Promise<unknown>]>([
  [
    'the contact writes',
    async (talk) => {
      own.bench.model.play({ say: ['Yes?'] })
      await talk.say('Never mind, it came')
      await talk.answers(2)
    },
  ],
  ['a person takes over', (talk) => own.bench.owner.put(at(talk, '/control'), { control: 'operator' })],
  ['a person cancels it', (talk) => own.bench.owner.delete(at(talk, '/follow-up'))],
  [
    'the contact wants no follow-ups',
    async (talk) => {
      const { contact } = await talk.conversation()
      await own.bench.owner.put(`/api/v1/contacts/${contact.id}/follow-ups`, { optedOut: true })
    },
  ],
  ['the agent is archived', () => own.bench.owner.delete(own.path)],
  ['the server was away for days', () => sweep(60 + 49 * 60)],
])('nothing is said when %s', async (_, happens) => {
  const talk = await promised()
  await happens(talk)
  expect(await scheduled(talk)).toBeNull()
  await sweep(61)
  expect(await said(talk)).toEqual([])
})

test('a closed conversation is opened again by it, and no wait is too short or too long', async () => {
  const talk = await promised()
  await own.bench.owner.patch(at(talk), { status: 'closed' })
  expect((await talk.conversation()).status).toBe('closed')
  await sweep(61)
  expect(await said(talk)).toHaveLength(1)
  expect((await talk.conversation()).status).toBe('active')
  own.play('schedule_follow_up', { text: TEXT, after_minutes: 1 })
  expect((await own.ask()).calls).toMatchObject([{ status: 'refused' }])
})
