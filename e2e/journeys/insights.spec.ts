/** What nobody could answer: two visitors ask it, an article is written from it, and asking again shows that it is answered now. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({})

test('asked twice, answered, asked again: one question, an article, both answers side by side, and open again', async ({
  crowd,
}) => {
  for (const question of ['Do you rent out zeppelins?', 'can i rent a zeppelin from you?']) {
    const visitor = await crowd.visitor(stage())
    await visitor.say(question)
    await expect(visitor.bubble(question)).toBeVisible()
  }
  const operator = await crowd.operator(stage(), { at: '/insights' })
  const { page } = operator
  const panel = page.getByRole('region', { name: 'Unanswered questions' })
  const question = panel.getByRole('listitem').filter({ hasText: 'Do you rent out zeppelins?' })
  await expect(question.getByText('2 times')).toBeVisible()
  await expectAccessible(page, 'Insights')

  await question.getByRole('button', { name: /^Show who asked/ }).click()
  await expect(question.getByRole('link', { name: 'can i rent a zeppelin from you?' })).toBeVisible()
  await question.getByRole('button', { name: 'Add to knowledge' }).click()
  await panel.getByRole('textbox', { name: /^Answer/ }).fill('Yes, we rent out zeppelins. A zeppelin is 900 a day.')
  await panel.locator('form').getByRole('button', { name: 'Add to knowledge' }).click()

  const dialog = page.getByRole('dialog', { name: 'How it is answered now' })
  await expect(dialog.getByText('2 of 2 are answered now')).toBeVisible({ timeout: 60_000 })
  await expect(dialog.getByText('Now answered')).toHaveCount(2)
  await expectAccessible(page, 'A question asked again')
  await dialog.getByRole('button', { name: 'Mark as answered' }).click()
  await expect(question).toHaveCount(0)
  await panel.getByRole('button', { name: 'Answered and dismissed' }).click()
  await expect(question.getByText('Answered', { exact: true })).toBeVisible()
  await panel.getByRole('button', { name: 'Open questions' }).click()

  await page.evaluate(async () => {
    const { items } = await (await fetch('/api/v1/knowledge?q=zeppelins')).json()
    await fetch(`/api/v1/knowledge/${items[0].id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'draft' }),
    })
  })
  const third = await crowd.visitor(stage())
  await third.say('do you rent zeppelins')
  await expect(question.getByText('Asked again')).toBeVisible({ timeout: 60_000 })
})

test('intents are named by examples, tried out and saved', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/intents' })
  const { page } = operator
  const name = async (at: number, words: string, examples: string[]) => {
    await page.getByRole('button', { name: 'Add an intent' }).click()
    await page.getByRole('textbox', { name: 'Name' }).nth(at).fill(words)
    await page.getByRole('textbox', { name: 'Examples, one a line' }).nth(at).fill(examples.join('\n'))
  }
  await name(0, 'Delivery', ['when will my parcel arrive', 'how long does delivery take', 'where is my parcel'])
  await name(1, 'Refund', ['i want my money back', 'how do i return this', 'can i get a refund'])
  await page.getByRole('textbox', { name: 'A message as a contact would write it' }).fill('where is my parcel now?')
  await page.getByRole('button', { name: 'Try' }).click()
  await expect(page.getByText('It would be Delivery')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Intents saved')).toBeVisible()
  await expectAccessible(page, 'Intents')
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveCount(2)
  await expect(page.getByText(/^Version 1/)).toBeVisible()
})
