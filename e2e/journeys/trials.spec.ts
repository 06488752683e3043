/** An agent is tried out beside its trace, past conversations are replayed to a draft, and an agent that lives elsewhere answers. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({})

test('talk to a draft, read its trace, then replay a conversation to it', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage())
  await visitor.say('How long does delivery take?')
  await expect(visitor.bubble('3 to 5 working days')).toBeVisible()

  const operator = await crowd.operator(stage(), { at: '/agents' })
  const { page } = operator
  await page.getByRole('textbox', { name: 'Company' }).fill('Hearth & Co')
  await page.getByRole('navigation', { name: 'Views of this agent' }).getByRole('link', { name: 'Chat' }).click()
  await expect(page.getByText('Nothing is sent or saved')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Answers' })).toHaveText(/Draft, not saved/)
  await page.getByRole('textbox', { name: 'Message as a contact' }).fill('How long does delivery take?')
  await page.keyboard.press('Enter')
  const trace = page.getByRole('complementary', { name: 'How this answer came about' })
  await expect(trace.getByRole('heading', { name: 'Answer 1' })).toBeVisible()
  await expect(trace.getByText('Searched for “How long does delivery take?”').first()).toBeVisible()
  await expect(trace.getByText('used', { exact: true }).first()).toBeVisible()
  await expectAccessible(page, 'The playground')

  await page.getByRole('navigation', { name: 'Views of this agent' }).getByRole('link', { name: 'Replay' }).click()
  await page.getByRole('button', { name: 'Choose conversations' }).click()
  await page.getByRole('button', { name: 'Play 1 conversation' }).click()
  await expect(page.getByText('Question 1')).toBeVisible()
  await expect(page.getByText('Same', { exact: true })).toBeVisible()
  await expectAccessible(page, 'A replay')
})

test('an agent that lives elsewhere is set up, tested, and answers a visitor', async ({ crowd }) => {
  const server = createServer(async (request, reply) => {
    const { data } = JSON.parse((await request.toArray()).join(''))
    const text = `From far away: ${data.messages.at(-1).text}`
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ messages: [{ text }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const operator = await crowd.operator(stage(), { at: '/agents' })
  const { page } = operator
  const section = page.getByRole('region', { name: 'External agent' })
  await section.getByRole('switch').check()
  await section.getByRole('textbox', { name: 'Address', exact: true }).fill(url)
  await section.getByRole('button', { name: 'Send' }).click()
  await expect(section.getByText('There is no signing secret', { exact: false })).toBeVisible()
  await section.getByRole('button', { name: 'Make a secret' }).click()
  await expect(section.getByText(/^whsec_/)).toBeVisible()
  await section.getByRole('button', { name: 'Send' }).click()
  await expect(section.getByText('From far away: Hello')).toBeVisible()
  await expectAccessible(page, 'An external agent')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Saved')).toBeVisible()
  const visitor = await crowd.visitor(stage())
  await visitor.say('Are you there?')
  await expect(visitor.bubble('From far away: Are you there?')).toBeVisible()
  server.close()
})
