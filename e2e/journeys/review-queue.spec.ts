/** The review queue: one reviewer each, by keys, and the next with every answer. */
import { expectAccessible } from '../harness/access.ts'
import { type Person, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let ana: Person
let ben: Person
const stage = useStage({
  env: { EARSHOT_REVIEW_AFTER_SECONDS: '86400' },
  furnish: async (stage) => {
    ana = await stage.hire('Ana Costa')
    ben = await stage.hire('Ben Okoro')
    for (const [name, text] of [
      ['Jonas Berg', 'How long does delivery take to Norway?'],
      ['Carla Ruiz', 'What does the delivery of a kettle cost, please?'],
    ] as const) {
      const { id } = await stage.talk(name, text, 'Thank you, that helps me a lot today!')
      await stage.expect(ana.caller.post(`/api/v1/conversations/${id}/review`))
      if (name === 'Jonas Berg')
        await stage.expect(
          ana.caller.post(`/api/v1/conversations/${id}/flags`, { reason: 'Look at the price', position: 1 }),
        )
    }
  },
})

test('a reviewer dismisses a flag, is done and gets the next; another is given what nobody has', async ({ crowd }) => {
  const first = await crowd.operator(stage(), { as: ana, at: '/review-queue' })
  const { page } = first
  const judgement = page.getByRole('complementary', { name: 'Judgement' })
  await expect(page.getByRole('heading', { name: 'Jonas Berg' })).toBeFocused()
  await expect(page.getByText(/Picked:.*flagged by hand/).filter({ visible: true })).toBeVisible()

  const second = await crowd.operator(stage(), { as: ben, at: '/review-queue' })
  await expect(second.page.getByRole('heading', { name: 'Carla Ruiz' })).toBeVisible()
  await second.page.getByRole('button', { name: /^Why these/ }).click()
  await expect(second.page.getByText('Ana Costa is on it')).toBeVisible()
  await second.page.keyboard.press('Escape')
  await expect(second.page.getByRole('dialog')).toHaveCount(0)
  await second.page.keyboard.press('s')
  await expect(second.page.getByText('Nothing to review')).toBeVisible()

  await page.keyboard.press('y')
  await expect(judgement.getByText('You agree').first()).toBeAttached()
  // Digits give points; others than the engine's want a reason.
  const open = judgement.getByRole('region').filter({ has: page.getByRole('group', { name: /^Points for/ }) })
  await page.keyboard.press('0')
  await page.getByRole('textbox', { name: 'Reason, needed to overrule' }).fill('Nothing of that was said.')
  await page.keyboard.press('Enter')
  await expect(judgement.getByText('Nothing of that was said.')).toHaveCount(0)
  await expect(judgement.getByRole('region').nth(1).getByText('You agree')).toBeAttached()
  await expect(open).toHaveCount(1)
  const flag = judgement.getByRole('region', { name: 'Flag: flagged by hand' })
  await flag.getByRole('button', { name: /^Flag/ }).click()
  await page.keyboard.press('v')
  await expect(page.locator('#entry-1')).toHaveCSS('outline-style', 'solid')
  await expectAccessible(page, 'the review queue')
  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog', { name: 'Dismiss this flag?' })
  await dialog.getByRole('radio', { name: 'Our rules allow it' }).check()
  await dialog.getByRole('button', { name: 'Dismiss' }).click()
  await expect(flag.getByText(/Dismissed by Ana Costa.*Our rules allow it/)).toBeVisible()
  await page.getByRole('heading', { name: 'Jonas Berg' }).click()
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { name: 'Carla Ruiz' })).toBeFocused()
  await expect(page.getByRole('button', { name: /^Today: 1 of/ })).toBeVisible()
})
