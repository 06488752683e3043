/** A conversation is judged: summary, the parts of its quality, and evidence that leads to what was said. */
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({ env: { EARSHOT_REVIEW_AFTER_SECONDS: '86400' } })

test('reviewed on request: summary, parts that unfold, evidence that jumps to the entry', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('How long does delivery take?')
  await expect(visitor.bubble('3 to 5 working days')).toBeVisible()
  await visitor.say('Thank you, that helps a lot!')
  await expect(visitor.bubble('You are welcome')).toBeVisible()

  const operator = await crowd.operator(stage(), { viewport: { width: 1440, height: 600 } })
  const { panel, page } = operator
  await operator.row('Jonas Berg').click()
  await expect(panel.getByText('Not reviewed.').first()).toBeVisible()
  await panel.getByRole('button', { name: 'Review now' }).click()
  await expect(panel.getByText(/Written by/)).toBeVisible()
  const quality = panel.locator('#quality')
  const parts = quality.locator('details:not(.verdict)')
  await expect(parts).toHaveCount(6)
  await expect(quality.locator('.big')).toHaveText(/^\d+$/)
  const answered = parts.first()
  await answered.locator('summary').click()
  await expect(answered.locator('.why')).toBeVisible()
  const evidence = quality.getByRole('button', { name: /^Go to/ }).first()
  const position = /#(\d+)/.exec((await evidence.textContent())!)![1]
  await evidence.click()
  await expect(page).toHaveURL(new RegExp(`at=${position}`))
  await expect(page.locator(`#entry-${position}`)).toBeInViewport()

  const written = await panel.locator('time').first().getAttribute('datetime')
  const [regenerate] = await Promise.all([
    page.waitForResponse(
      (answer) => /\/reviews?$/.test(new URL(answer.url()).pathname) && answer.request().method() === 'POST',
    ),
    panel.getByRole('button', { name: 'Regenerate' }).first().click(),
  ])
  expect(regenerate.ok()).toBe(true)
  await expect(panel.getByRole('status', { name: 'Reviewing' })).toHaveCount(0)
  expect(written).not.toBeNull()
})
