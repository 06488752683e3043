/** An agent is edited, its versions are compared and put back, and a flow made in the editor is seen in a conversation. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({})

test('edit, version, compare, put back; two who edit do not overwrite each other', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/agents' })
  const { page } = operator
  const instructions = page.getByRole('textbox', { name: 'Instructions' })
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await instructions.fill('Answer in rhymes.')
  await expect(page.getByText('1 unsaved change')).toBeVisible()
  await expectAccessible(page, 'An agent')
  await save.click()
  await expect(operator.toast('Saved')).toBeVisible()
  await expect(page.getByText('Version 2', { exact: false })).toBeVisible()

  await instructions.fill('Answer in haiku.')
  await page.getByRole('switch', { name: 'Turn limit' }).check()
  // Somebody else saves meanwhile: nothing is overwritten by itself.
  const { caller } = stage().owner
  const [agent] = (await caller.get('/api/v1/agents')).body.items
  await caller.patch(`/api/v1/agents/${agent.id}`, { company: 'Hearth & Co' })
  await expect(page.getByText(/has saved version 3 while you were editing/)).toBeVisible()
  await page.getByRole('button', { name: 'Keep mine on top' }).click()
  await save.click()
  await expect(page.getByText('Version 4', { exact: false })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Company' })).toHaveValue('Hearth & Co')

  await page.getByRole('button', { name: 'Versions' }).click()
  const history = operator.dialog('Versions')
  await history.getByRole('button', { name: /^Version 2/ }).click()
  await expect(history.locator('ins').filter({ hasText: 'Answer in haiku.' })).toBeVisible()
  await expect(history.locator('del').filter({ hasText: 'Answer in rhymes.' })).toBeVisible()
  await expect(history.getByText('Handoff triggers › Turn limit › On')).toBeVisible()
  // A toast may be leaving behind it.
  await expectAccessible(page, 'Versions of an agent', '[role="dialog"]')
  await history.getByRole('button', { name: 'Put version 2 back' }).click()
  await expect(operator.toast('Version 2 is back, as a new one')).toBeVisible()
  await expect(history.getByText('Version 2 put back')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(instructions).toHaveValue('Answer in rhymes.')
  await expect(page.getByRole('switch', { name: 'Turn limit' })).not.toBeChecked()

  await page.getByRole('button', { name: 'Archive agent' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('navigation', { name: 'Agents' }).getByRole('link', { name: /Ada/ })).toBeVisible()
})

test('a flow made in the editor is switched to by a visitor’s words, and the operator sees it', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/agents' })
  const { page } = operator
  await page.getByRole('button', { name: 'Add flow' }).click()
  const flows = page.getByRole('region', { name: 'Flows' })
  await flows.getByRole('textbox', { name: 'Name' }).fill('Refunds')
  await flows.getByRole('textbox', { name: 'Words' }).fill('money back\nrefund')
  await page.getByRole('switch', { name: 'Keyword' }).check()
  await page
    .getByRole('region', { name: 'Handoff triggers' })
    .getByRole('textbox', { name: 'Words', exact: true })
    .fill('lawyer')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Saved')).toBeVisible()

  const visitor = await crowd.visitor(stage(), { name: 'Mina Solheim' })
  await visitor.say('I want my money back for the lamp')
  await page.goto(`${stage().url}/conversations`)
  await operator.row('Mina Solheim').click()
  await expect(operator.log.getByText(/goes on in the flow Refunds/)).toBeVisible()
  await visitor.say('or I call my lawyer')
  await expect(operator.log.getByText(/a word came up that people answer to/)).toBeVisible()
})
