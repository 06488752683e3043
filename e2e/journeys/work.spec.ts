/** Work that can be taken back: an action on many, the pipeline and the tags of a workspace. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({
  furnish: async (stage) => {
    const items = Array.from({ length: 12 }, (_, i) => ({
      externalId: `work-${i}`,
      contact: { externalId: `c-${i}`, name: `Contact ${i}` },
      tags: [{ key: 'issue', value: i < 6 ? 'roof' : 'roof mounting' }],
      messages: [{ externalId: 'm1', author: 'contact', text: 'Hello' }],
    }))
    const reply = await stage.owner.caller.post('/api/v1/ingest/conversations', { items })
    if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
  },
})

const inStage = async (key: string) =>
  (await stage().owner.caller.get(`/api/v1/conversations?stage=${key}&limit=50`)).body.items.length

test('many are changed at once, seen in the tray, and restored by Undo', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  const { page } = operator
  const selection = { filter: { tag: ['issue:roof'] } }
  await expect(operator.row('Contact 1').first()).toBeVisible()
  await page.evaluate(
    (body) =>
      fetch('/api/v1/conversations/bulk', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    { selection, action: { type: 'stage', stage: 'opportunity' } },
  )
  const done = operator.toast('Set the stage to Opportunity')
  await expect(done).toContainText('6 conversations changed')
  expect(await inStage('opportunity')).toBe(6)
  await done.getByRole('button', { name: /Undo/ }).click()
  await expect(operator.toast('Undo: Set the stage to Opportunity')).toContainText('6 conversations changed')
  expect(await inStage('opportunity')).toBe(0)
})

test('a stage is added, renamed, moved and deleted with a place for its conversations', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/stages' })
  const { page } = operator
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await page.getByRole('button', { name: 'Add stage' }).first().click()
  const adding = operator.dialog('Add a stage')
  await adding.getByRole('textbox', { name: 'Name' }).fill('Survey booked')
  await adding.getByRole('button', { name: 'Add stage' }).click()
  await expect(row('Survey booked')).toBeVisible()
  await page.getByRole('button', { name: 'Move Survey booked up' }).click()
  await expect(page.getByRole('button', { name: 'Move Survey booked down' })).toBeEnabled()
  await expectAccessible(page, 'Settings, stages')

  const { items } = (await stage().owner.caller.get('/api/v1/conversations?limit=3')).body
  for (const { id } of items)
    await stage().owner.caller.patch(`/api/v1/conversations/${id}`, { stage: 'survey_booked' })
  await page.reload()
  await expect(row('Survey booked')).toContainText('3 conversations')
  await page.getByRole('button', { name: 'More for Survey booked' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const deleting = operator.dialog('Delete the stage Survey booked?')
  await expect(deleting).toContainText('3 conversations stand in it')
  await deleting.getByRole('button', { name: 'Delete' }).click()
  await expect(operator.toast('Delete the stage Survey booked')).toContainText('3 conversations changed')
  await expect(row('Survey booked')).toHaveCount(0)
})

test('a tag is merged into another everywhere, and parted again by Undo', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/tags' })
  const { page } = operator
  const value = (name: string) => page.getByRole('listitem').filter({ hasText: new RegExp(`^${name}\\d`) })
  await expect(value('roof')).toContainText('6 conversations')
  await expectAccessible(page, 'Settings, tags')
  await page.getByRole('button', { name: 'More for issue:roof', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const renaming = operator.dialog('Rename issue:roof')
  await renaming.getByRole('textbox', { name: 'New name' }).fill('issue:roof mounting')
  await renaming.getByRole('button', { name: 'Merge' }).click()
  const done = operator.toast('Rename the tag issue:roof to issue:roof mounting')
  await expect(done).toContainText('6 conversations changed')
  await expect(value('roof mounting')).toContainText('12 conversations')
  await done.getByRole('button', { name: /Undo/ }).click()
  await expect(value('roof')).toContainText('6 conversations')
})
