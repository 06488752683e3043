/** Settings → Voice: a number is added and tested, callers are told something, transfers get their limits, a colleague is saved. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

// Nobody answers there: what a test says of a carrier that cannot be reached is what is looked at.
const stage = useStage({ env: { EARSHOT_TWILIO_URL: 'http://127.0.0.1:9', EARSHOT_HUB_PORT: '0' } })
const SID = `AC${'0123456789abcdef'.repeat(2)}`

test('a number is added, its test says what is left to do, and the rules for calls are kept', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/voice' })
  const { page } = operator
  await expect(page.getByText('No line yet')).toBeVisible()

  await page.getByRole('button', { name: 'Add a line' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Number at Twilio' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Hotline')
  await dialog.getByRole('textbox', { name: 'Account SID' }).fill('AC123')
  await expect(dialog.getByText('It begins with AC')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Account SID' }).fill(SID)
  await dialog.getByRole('textbox', { name: 'Auth token' }).fill('a-token')
  await dialog.getByRole('textbox', { name: 'Phone number' }).fill('+49 (30) 901820')
  await expectAccessible(page, 'adding a line')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Hotline needs attention' })).toBeVisible()
  await expect(dialog.getByText('It does not answer from here. Check the network')).toBeVisible()
  await expect(dialog.getByText('Put a tunnel or proxy in front')).toBeVisible()
  await expect(dialog.getByRole('button', { name: /Copy the address for calls that come in/ })).toBeVisible()
  await expectAccessible(page, 'the test of a line')
  await dialog.getByRole('button', { name: 'Close' }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'Hotline' })
  await expect(line.getByText('+4930901820')).toBeVisible()
  await expect(line.getByText('Needs attention')).toBeVisible()

  await page.getByRole('textbox', { name: 'Announcement' }).fill('Guten Tag. Wir nehmen auf.')
  await page.getByRole('combobox', { name: 'Allow a country' }).click()
  await page.getByRole('option', { name: 'Austria' }).click()
  await page.getByRole('spinbutton', { name: 'At most' }).fill('7')
  await page.getByRole('radio', { name: /A message/ }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Voice settings saved')).toBeVisible()

  await page.getByRole('button', { name: 'Add a contact' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Second level')
  await dialog.getByRole('textbox', { name: 'Number or SIP address' }).fill('030 901820')
  await expect(dialog.getByText('Write a number in international form')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Number or SIP address' }).fill('sip:desk12@pbx.example.com')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Second level' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Announcement' })).toHaveValue('Guten Tag. Wir nehmen auf.')
  await expect(page.getByRole('button', { name: 'Allow Austria no longer' })).toBeVisible()
  await expect(page.getByRole('radio', { name: /A message/ })).toBeChecked()
  await expectAccessible(page, 'voice settings')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, 'voice settings, dark, on a phone')

  await page.getByRole('button', { name: 'More for Hotline' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('No line yet')).toBeVisible()
})
