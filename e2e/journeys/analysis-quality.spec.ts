/** People against the review: overruled with a reason, seen at once by others, counted on the page of analysis quality. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({ env: { EARSHOT_REVIEW_AFTER_SECONDS: '86400' } })

test('a part overruled: both values, on another screen too, and counted; then a second review, blind', async ({
  crowd,
}) => {
  const { id } = await stage().talk('Jonas Berg', 'How long does delivery take?', 'Thank you, that helps a lot!')
  await stage().expect(stage().owner.caller.post(`/api/v1/conversations/${id}/review`))
  const aiko = await stage().hire('Aiko Tan')
  const first = await crowd.operator(stage(), { at: `/conversations/${id}` })
  const second = await crowd.operator(stage(), { as: aiko, at: `/conversations/${id}` })
  const card = first.panel.locator('#quality')
  const theirs = second.panel.locator('#quality')
  await expect(theirs.locator('.big')).toHaveText(/^\d+$/)
  const before = (await card.locator('.big').textContent())!

  const answered = card.locator('details').first()
  await answered.locator('summary').click()
  await answered.getByRole('button', { name: 'Overrule Answered' }).click()
  const dialog = first.page.getByRole('dialog', { name: 'Overrule Answered' })
  await dialog.getByRole('button', { name: 'Overrule' }).click()
  await expect(dialog.getByText('Say why in a few words.')).toBeVisible()
  await dialog.getByLabel('Points, 0 to 30').fill('7')
  await dialog.getByLabel('Why').fill('The weekend was the question.')
  await expectAccessible(first.page, 'the dialog', '.dialog')
  await dialog.getByRole('button', { name: 'Overrule' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(answered.locator('summary b')).toHaveText('7')
  await expect(answered.locator('summary del')).toBeVisible()
  await expect(card.getByText(`the review says ${before}`)).toBeVisible()
  await expectAccessible(first.page, 'the quality card', '#quality')

  await expect(theirs.locator('details').first().locator('summary b')).toHaveText('7')
  await expect(theirs.locator('.big')).not.toHaveText(before)
  await theirs.locator('details').first().locator('summary').click()
  await expect(theirs.getByText('The weekend was the question.')).toBeVisible()

  await second.page.getByRole('link', { name: 'Analysis quality' }).click()
  const { page } = second
  await expect(page.getByRole('heading', { name: 'How far you can trust the numbers' })).toBeVisible()
  const row = page.getByRole('row', { name: /^Answered/ }).first()
  await expect(row.getByRole('cell').nth(3)).toHaveText('1')
  await expect(page.getByRole('row', { name: /Jonas Berg.*The weekend was the question\./ })).toBeVisible()
  await expectAccessible(page, 'analysis quality')

  await page.getByRole('link', { name: 'Second review' }).click()
  await expect(page.getByRole('heading', { name: 'Score it without seeing the review' })).toBeVisible()
  await expect(page.getByText('How long does delivery take?')).toBeVisible()
  await expectAccessible(page, 'the sheet')
  for (const points of await page.getByRole('spinbutton').all()) await points.fill('5')
  await page.getByRole('button', { name: 'Hand in' }).click()
  await expect(page.getByRole('heading', { name: 'Yours beside the review' })).toBeVisible()
  await page.getByRole('link', { name: 'Analysis quality' }).first().click()
  await expect(page.getByText('1 conversation judged by both a person and the review, 1 of them blind.')).toBeVisible()

  await answered.getByRole('button', { name: 'Take back the correction of Answered' }).click()
  await expect(card.locator('.big')).toHaveText(before)
  await expect(row.getByRole('cell').nth(3)).toHaveText('0')
})
