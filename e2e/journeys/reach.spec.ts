/** Reaching people: operators by notifications that are told once, silent contacts by plans that are looked at first. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()

test('who is mentioned sees it under the bell, and what is before their eyes is read', async ({ crowd }) => {
  const ruben = await stage().hire('Ruben')
  const { items: members } = await stage().read<{ items: { id: string; name: string }[] }>('/api/v1/members')
  const rubenId = members.find(({ name }) => name === 'Ruben')!.id
  const visitor = await crowd.visitor(stage(), { name: 'Kaarina Heikkilä' })
  await visitor.say('Hello')
  const operator = await crowd.operator(stage(), { as: ruben })
  const { page } = operator
  const bell = page.getByRole('button', { name: /^Notifications/ })
  await expect(bell).toBeVisible()
  await expect.poll(async () => (await stage().conversations()).length).toBe(1)
  const [conversation] = await stage().conversations()
  const path = `/api/v1/conversations/${conversation!.id}`
  await stage().owner.caller.post(`${path}/notes`, { text: '@Ruben please look', mentions: [rubenId] })
  await expect(page.getByRole('button', { name: 'Notifications, 1 unread' })).toBeVisible()
  await bell.click()
  const list = page.getByRole('list', { name: 'Notifications' })
  await expect(list.getByText('mentioned you in a note')).toBeVisible()
  await expectAccessible(page, 'Notifications')
  await list.getByRole('link').first().click()
  await expect(page).toHaveURL(new RegExp(conversation!.id))
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible()

  await page.goto(`${stage().url}/settings/notifications`)
  await page.getByRole('checkbox', { name: 'Mentioned in a note: Sound' }).click()
  await page.getByRole('switch', { name: 'Quiet hours' }).click()
  await expect(page.getByLabel('From')).toHaveValue('22:00')
  await expectAccessible(page, 'Settings, notifications')
  await page.reload()
  await expect(page.getByRole('checkbox', { name: 'Mentioned in a note: Sound' })).not.toBeChecked()
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('07:00')
})

test('a follow-up plan is made, previewed and switched on; a contact is taken out of it', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/follow-ups' })
  const { page } = operator
  await page.getByRole('button', { name: 'Add plan' }).first().click()
  const adding = operator.dialog('Add a follow-up plan')
  await adding.getByRole('textbox', { name: 'Name' }).fill('Still there?')
  await adding
    .getByRole('textbox', { name: 'Message 1' })
    .fill('Are you still there, {{contact.firstName|dear visitor}}?')
  await expectAccessible(page, 'A follow-up plan')
  await adding.getByRole('button', { name: 'Add plan' }).click()
  await page.getByRole('switch', { name: 'Still there?: on' }).click()
  const preview = operator.dialog('Who Still there? would write to')
  await expect(preview).toContainText('Nobody gets anything right away.')
  await expectAccessible(page, 'The preview of a plan')
  await preview.getByRole('button', { name: 'Switch on' }).click()
  await expect(page.getByRole('switch', { name: 'Still there?: on' })).toBeChecked()

  await stage().talk('Anders Holm', 'Hello')
  await page.goto(`${stage().url}/conversations`)
  await operator.row('Anders').first().click()
  const consent = page.getByRole('switch', { name: 'Follow-ups to this contact' })
  await expect(consent).toBeChecked()
  await consent.click()
  await expect(operator.panel).toContainText('Said by')
})
