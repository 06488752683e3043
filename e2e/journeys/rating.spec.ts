/** Stars and a comment: asked for when a conversation ends, offered in the menu before, shown to operators, removable by them. */
import type { Conversation } from '@earshot/contracts'
import { until } from '../../apps/server/src/test/until.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()
const only = async (): Promise<Conversation> => (await stage().conversations())[0]!

test('from the menu while it goes on, again after the end, by keyboard; seen in the panel and removed there', async ({
  crowd,
}) => {
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('How long does delivery take?')
  await expect(visitor.bubble('How long does delivery take?')).toBeVisible()
  const { inside } = visitor
  await inside.getByRole('button', { name: 'More' }).click()
  await inside.getByRole('menuitem', { name: 'Rate this conversation' }).click()
  await inside.getByRole('radio', { name: '2 of 5' }).check({ force: true })
  await inside.getByRole('button', { name: 'Send rating' }).click()
  await until(async () => (await only()).rating?.stars === 2, 'the first rating is stored')

  const { id } = await only()
  await stage().expect(stage().owner.caller.post(`/api/v1/conversations/${id}/close`))
  await expect(inside.getByText('Thank you. You gave 2 of 5.')).toBeVisible()
  await inside.getByRole('button', { name: 'More' }).click()
  await inside.getByRole('menuitem', { name: 'Rate this conversation' }).click()
  await inside.getByRole('radio', { name: '2 of 5' }).focus()
  await visitor.page.keyboard.press('ArrowRight')
  await visitor.page.keyboard.press('ArrowRight')
  await inside.getByLabel('What should we know?').fill('Polite & <b>quick</b>')
  await inside.getByRole('button', { name: 'Send rating' }).click()
  await until(async () => (await only()).rating?.stars === 4, 'the second rating replaces it')
  expect((await only()).rating).toEqual({ stars: 4, comment: 'Polite & <b>quick</b>' })

  const { page } = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  const side = page.locator('.dside')
  await expect(side.getByRole('img', { name: '4 of 5 stars' })).toBeVisible()
  await expect(side.getByText('Polite & <b>quick</b>')).toBeVisible()
  await side.getByRole('button', { name: /remove/i }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /remove/i })
    .click()
  await expect(side.getByText('No rating')).toBeVisible()
  expect((await only()).rating).toBeNull()
})

test('asked for by itself when the conversation ends before the visitor’s eyes, and may be skipped', async ({
  crowd,
}) => {
  const visitor = await crowd.visitor(stage(), { name: 'Ada Lin' })
  await visitor.say('Do you ship to Norway?')
  await expect(visitor.bubble('Do you ship to Norway?')).toBeVisible()
  let id = ''
  await until(async () => {
    const found = (await stage().conversations()).find((one) => one.contact.name === 'Ada Lin')
    id = found?.id ?? ''
    return found !== undefined
  }, 'the conversation is there')
  await stage().expect(stage().owner.caller.post(`/api/v1/conversations/${id}/close`))
  await expect(visitor.inside.getByRole('heading', { name: 'How was this conversation?' })).toBeVisible()
  await visitor.inside.getByRole('button', { name: 'Skip' }).click()
  await expect(visitor.inside.getByRole('button', { name: 'How was this conversation?' })).toBeVisible()
  expect((await stage().read<Conversation>(`/api/v1/conversations/${id}`)).rating).toBeNull()
})
