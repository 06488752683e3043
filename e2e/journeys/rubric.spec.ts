/** The workspace's own way of judging: a rubric is changed, looked at, switched on; a flag of its own is tried; an alert is watched. */
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({ env: { EARSHOT_REVIEW_AFTER_SECONDS: '86400' } })

test('a rubric is edited, looked at on past conversations and switched on; Regenerate shows its version', async ({
  crowd,
}) => {
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('How long does delivery take?')
  await expect(visitor.bubble('3 to 5 working days')).toBeVisible()
  await visitor.say('Thank you, that helps a lot!')
  await expect(visitor.bubble('You are welcome')).toBeVisible()

  const operator = await crowd.operator(stage())
  const { panel, page } = operator
  await operator.row('Jonas Berg').click()
  await panel.getByRole('button', { name: 'Review now' }).click()
  const quality = panel.locator('#quality')
  await expect(quality.getByText(/rubric 1/)).toBeVisible()
  const conversation = page.url()

  await page.goto(new URL('/settings/rubric', conversation).href)
  await expect(page.getByText('Version 1 counts')).toBeVisible()
  await page.getByRole('spinbutton', { name: 'Weight of Speed' }).fill('0')
  await page.getByRole('button', { name: 'Add a part' }).click()
  const part = page.getByRole('dialog', { name: 'Part of your own' })
  await part.getByRole('textbox', { name: 'Name' }).fill('Named the days')
  await part.getByRole('textbox', { name: /Words or phrases/ }).fill('working days')
  await part.getByRole('combobox', { name: 'Said by' }).click()
  await page.getByRole('option', { name: 'We say' }).click()
  await part.getByRole('button', { name: 'Take it' }).click()
  await page.getByRole('button', { name: 'Look at it on past conversations' }).click()
  await expect(page.getByText('On 1 past conversations')).toBeVisible()
  await page.getByRole('textbox', { name: /What changed/ }).fill('Days count, speed does not')
  await page.getByRole('button', { name: 'Switch on version 2' }).click()
  await expect(operator.toast('Version 2 counts from now on')).toBeVisible()

  await page.goto(conversation)
  await expect(quality.getByText(/rubric 1/)).toBeVisible()
  await panel.getByRole('button', { name: 'Regenerate' }).first().click()
  await expect(quality.getByText(/rubric 2/)).toBeVisible()
  await expect(quality.getByText('Named the days')).toBeVisible()
  await expect(quality.getByText('Speed')).toHaveCount(0)

  await page.goto(new URL('/settings/own-flags', conversation).href)
  await page.getByRole('button', { name: 'New flag' }).click()
  const flag = page.getByRole('dialog', { name: 'New flag' })
  await flag.getByRole('textbox', { name: 'Name' }).fill('Asks about delivery')
  await flag.getByRole('textbox', { name: /Words or phrases/ }).fill('deliver*')
  await flag.getByRole('button', { name: 'Try it on past conversations' }).click()
  await expect(flag.getByText('1 of 1 conversations match')).toBeVisible()
  await flag.getByRole('button', { name: 'New flag' }).click()
  await expect(operator.toast('Asks about delivery saved')).toBeVisible()
  await page.goto(conversation)
  await panel.getByRole('button', { name: 'Regenerate' }).first().click()
  await expect(panel.getByText('Asks about delivery').first()).toBeVisible()

  await page.goto(new URL('/settings/alerts', conversation).href)
  await page.getByRole('button', { name: 'New alert' }).click()
  const alert = page.getByRole('dialog', { name: 'New alert' })
  await alert.getByRole('textbox', { name: 'Name' }).fill('Anybody at all')
  await alert.getByRole('combobox', { name: 'Metric' }).click()
  await page.getByRole('option', { name: 'Conversations', exact: true }).click()
  await alert.getByRole('spinbutton', { name: /Warn at/ }).fill('')
  await alert.getByRole('spinbutton', { name: 'Alert at' }).fill('0')
  await alert.getByRole('button', { name: 'What would it say now?' }).click()
  await expect(alert.getByText('Alert', { exact: true })).toBeVisible()
  await alert.getByRole('button', { name: 'New alert' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Anybody at all' })
  // Looked at by the sweep, and brought by the feed.
  await expect(row.getByText('Alert', { exact: true })).toBeVisible({ timeout: 30_000 })
  await page
    .getByRole('button', { name: /^Notifications/ })
    .first()
    .click()
  await expect(page.getByText(/Conversations alerts: 1 in 1 h/)).toBeVisible()
})
