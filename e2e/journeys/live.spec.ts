/** A visitor chats on a foreign page, and the operator's screen shows it as it happens. */
import { PassThrough } from 'node:stream'
import type { ModelStandIn } from '../../apps/server/src/test/model-stand-in.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let model: ModelStandIn
const stage = useStage({
  furnish: async (stage) => {
    model = await stage.connectModel()
  },
})
test.afterEach(() => expect(model.complaints).toEqual([]))

test('what is said and typed on either side shows on the other, word by word', async ({ crowd }) => {
  const words = new PassThrough({ objectMode: true })
  model.play({ paced: words })
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('Do you ship to Norway?')
  const row = operator.row('Jonas Berg')
  await row.click()
  await expect(operator.bubble('Do you ship to Norway?')).toBeVisible()

  words.write('Yes, we')
  await expect(operator.bubble('Yes, we')).toBeVisible()
  await expect(visitor.bubble('Yes, we')).toBeVisible()
  words.write(' ship to **Norway**.')
  await expect(operator.bubble('Yes, we ship to Norway.')).toBeVisible()
  await expect(visitor.bubble('Yes, we ship to Norway.').locator('strong')).toHaveText('Norway')
  words.end()
  await expect(operator.log.locator('.bub').filter({ hasText: 'Yes, we ship to Norway.' })).toBeVisible()
  await expect(row).toContainText('Yes, we ship to Norway.')

  await visitor.field.pressSequentially('And how lo')
  await expect(operator.panel.getByText('Online now')).toBeVisible()
  await expect(operator.thread.getByRole('img', { name: 'Jonas Berg is typing' })).toBeVisible()
  await expect(row).toContainText('is typing')
  await visitor.field.fill('')

  await operator.takeOver()
  await operator.reply.pressSequentially('It takes ab')
  await expect(visitor.log.getByText('Olga Meyer is writing')).toBeVisible()
  await operator.send('It takes **five** days.')
  await expect(visitor.bubble('It takes five days.').locator('strong')).toHaveText('five')
  await expect(visitor.log.getByText('Olga Meyer is writing')).toHaveCount(0)
})

test('who opens a conversation in the middle of an answer reads it from its beginning', async ({ crowd }) => {
  const words = new PassThrough({ objectMode: true })
  model.play({ paced: words })
  const visitor = await crowd.visitor(stage(), { name: 'Carla Ruiz' })
  await visitor.say('Tell me about kettles')
  words.write('Enamel keeps')
  await expect(visitor.bubble('Enamel keeps')).toBeVisible()
  const operator = await crowd.operator(stage())
  await operator.row('Carla Ruiz').click()
  await expect(operator.bubble('Enamel keeps')).toBeVisible()
  words.write(' the heat.')
  await expect(operator.bubble('Enamel keeps the heat.')).toBeVisible()
  words.end()
  await expect(operator.log.locator('.bub').filter({ hasText: 'Enamel keeps the heat.' })).toBeVisible()
})

test('the visitor resumes after a reload, also in the middle of an answer', async ({ crowd }) => {
  const words = new PassThrough({ objectMode: true })
  model.play({ paced: words })
  const visitor = await crowd.visitor(stage())
  await visitor.say('Which pan for eggs?')
  words.write('Cast iron,')
  await expect(visitor.bubble('Cast iron,')).toBeVisible()
  await visitor.page.reload()
  await visitor.open()
  await expect(visitor.bubble('Which pan for eggs?')).toBeVisible()
  await expect(visitor.bubble('Cast iron,')).toBeVisible()
  words.write(' well oiled.')
  words.end()
  await expect(visitor.bubble('Cast iron, well oiled.')).toBeVisible()
  await expect(visitor.bubble('Cast iron')).toHaveCount(1)
  await expect(visitor.bubble('Which pan for eggs?')).toHaveCount(1)
})

test('what comes while the chat is closed counts on its launcher until it is seen', async ({ crowd }) => {
  const words = new PassThrough({ objectMode: true })
  model.play({ paced: words })
  const visitor = await crowd.visitor(stage())
  await visitor.say('Is the teapot back in stock?')
  await expect(visitor.bubble('Is the teapot')).toBeVisible()
  await visitor.launcher.click()
  await expect(visitor.field).toBeHidden()
  words.write('Yes, since Monday.')
  words.end()
  await expect(visitor.launcher).toHaveAccessibleName('Open chat, unread messages: 1')
  await visitor.page.reload()
  await expect(visitor.launcher).toHaveAccessibleName('Open chat, unread messages: 1')
  await visitor.open()
  await expect(visitor.bubble('Yes, since Monday.')).toBeVisible()
  await visitor.launcher.click()
  await expect(visitor.launcher).toHaveAccessibleName('Open chat')
})

test('the website tells the chat who its customer is', async ({ crowd }) => {
  model.play({ say: ['Welcome back.'] })
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage())
  await visitor.identify({ name: 'Mira Solheim', email: 'mira@fjord.example' })
  await visitor.say('Hello again')
  await operator.row('Mira Solheim').click()
  await expect(operator.panel.getByText('mira@fjord.example')).toBeVisible()
  await expect(operator.bubble('Welcome back.')).toBeVisible()
})
