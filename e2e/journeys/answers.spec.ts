/** Without any model: the agent answers from the articles, asks back, and passes on whoever wants a person. */
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()

test('the agent quotes the article it used, and the operator can open it', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await expect(visitor.inside.getByText(/our AI assistant, answers at once/)).toBeVisible()
  await visitor.say('How long does delivery take?')
  const answer = visitor.bubble('Shipping and delivery')
  await expect(answer.locator('blockquote')).toContainText('3 to 5 working days')
  await expect(visitor.log.getByText('From: Shipping and delivery')).toBeVisible()
  await expect(visitor.log.getByText(/, AI$/)).toBeVisible()

  await operator.row('Jonas Berg').click()
  await expect(operator.bubble('Shipping and delivery').locator('blockquote')).toContainText('3 to 5 working days')
  await operator.log.getByText('Shipping and delivery', { exact: true }).click()
  await operator.log.getByRole('link', { name: 'Open the article' }).click()
  await expect(operator.page.getByRole('textbox', { name: 'Title' })).toHaveValue('Shipping and delivery')
})

test('who asks for a person waits in the queue, and the operator sees why', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  const visitor = await crowd.guest(stage())
  await visitor.say('I want to talk to a human please')
  await expect(visitor.log.getByText(/I am passing you on to a person/)).toBeVisible()
  await expect(visitor.inside.getByText('Waiting for a person')).toBeVisible()

  await operator.page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /Needs a human/ })
    .click()
  const waiting = operator.waiting('I want to talk to a human')
  await expect(waiting.getByText('the contact asked for a person')).toBeVisible()
  await waiting.getByRole('link').click()
  await operator.claim()
  await operator.send('Hello, Olga here. What can I do for you?')
  await expect(visitor.bubble('Olga here')).toBeVisible()
  await expect(visitor.inside.getByText('A person is answering')).toBeVisible()
})

test('what nobody wrote down is said plainly, and a second time a person is asked for', async ({ crowd }) => {
  const visitor = await crowd.guest(stage())
  await visitor.say('Do you sell submarines with torpedoes?')
  await expect(visitor.bubble('I could not find anything about that')).toBeVisible()
  await visitor.say('What about helicopters for penguins?')
  await expect(visitor.inside.getByText('Waiting for a person')).toBeVisible()
})
