/** Memory while people talk: fields of the agent fill themselves, a person's edit stays, and valid addresses reach the contact. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { type Bench, openBench } from '../test/turn-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench(await startTestApp())
  const path = `/api/v1/agents/${bench.agentId}/config`
  const { config, version } = (await bench.owner.get(path)).body
  const memoryFields = [
    { key: 'full_name', name: 'Full name', type: 'name' },
    { key: 'mail', name: 'E-mail', type: 'email', required: true },
    { key: 'heating', name: 'Heating', type: 'choice', choices: ['Oil', 'Gas', 'Electric'] },
    { key: 'survey', name: 'Survey number', type: 'order_id', pattern: 'HP-9999' },
  ]
  expect((await bench.owner.put(path, { baseVersion: version, config: { ...config, memoryFields } })).status).toBe(200)
})
afterAll(() => bench.stop())

test('fields fill as the contact writes, the card of a person stays, and the contact becomes known', async () => {
  const talk = await bench.talk()
  await talk.say('Hi, my name is Ana Ruiz and my survey is HP-2042')
  await talk.until(({ memory }) => memory.full_name === 'Ana Ruiz' && memory.survey === 'HP-2042')
  expect((await talk.conversation()).memory).toEqual({ full_name: 'Ana Ruiz', survey: 'HP-2042' })
  await bench.owner.patch(`/api/v1/conversations/${talk.id}/memory`, { memory: { full_name: 'Anna Ruiz' } })
  await talk.say('my name is Eva Lind, we heat with oil, write to EVA@example.com')
  // The contact learns it right after the card.
  await talk.until(({ memory, contact }) => memory.mail === 'eva@example.com' && contact.email !== null)
  const { memory, contact } = await talk.conversation()
  expect(memory).toEqual({ full_name: 'Anna Ruiz', survey: 'HP-2042', mail: 'eva@example.com', heating: 'Oil' })
  expect(contact).toMatchObject({ name: 'Ana Ruiz', email: 'eva@example.com' })
  await bench.owner.patch(`/api/v1/conversations/${talk.id}/memory`, { memory: { heating: null } })
  await talk.say('Sorry, gas. And my survey is HP-2043')
  await talk.until(({ memory }) => memory.survey === 'HP-2043')
  expect((await talk.conversation()).memory).not.toHaveProperty('heating')
})
