/** A person is asked in, gets the link by hand, joins by it, and is at work; a link that was taken back leads nowhere. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()

test('somebody is invited, joins with a name and a password, and stands in the team', async ({ crowd, browser }) => {
  const { page } = await crowd.operator(stage(), { at: '/settings/team' })
  const invite = async (email: string) => {
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
    await dialog.getByRole('button', { name: 'Invite' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.getByText(`No mail server is set, so give ${email} this link`)).toBeVisible()
    return (await page.locator('.invite-url').textContent()) ?? ''
  }
  const revoked = await invite('no@solvang.example')
  await page.getByRole('button', { name: 'Take back the invitation of no@solvang.example' }).click()
  await expect(page.getByText('Took the invitation of no@solvang.example back')).toBeVisible()
  const link = await invite('mia@solvang.example')
  await expectAccessible(page, 'the team with an invitation')

  const context = await browser.newContext()
  const joining = await context.newPage()
  const at = (url: string) => new URL(new URL(url).pathname + new URL(url).hash, page.url()).href
  await joining.goto(at(revoked))
  await expect(joining.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible()
  await joining.goto('about:blank')
  await joining.goto(at(link))
  await expect(joining.getByRole('heading', { name: /^Join / })).toBeVisible()
  await expectAccessible(joining, 'an invitation')
  await joining.getByLabel('Your name').fill('Mia Sol')
  await joining.getByLabel('Choose a password').fill('correct horse battery')
  await joining.getByRole('button', { name: 'Join' }).click()
  await expect(joining).toHaveURL(/\/conversations/)
  await expect(page.getByText('Mia Sol')).toBeVisible()
  await expect(page.getByText('mia@solvang.example', { exact: true })).toBeVisible()
  await context.close()
})
