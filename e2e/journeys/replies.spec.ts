/** An operator who answers by kept words and kept deeds: canned replies, a mention, a macro, a suggestion, send and close. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({
  furnish: async (stage) => {
    const kept = [
      {
        shortcut: 'hours',
        title: 'Opening hours',
        body: 'Hello {{contact.firstName|there}}, we open at 9.',
        shared: true,
      },
      { shortcut: 'mail', title: 'Ask for the address', body: 'I send it to {{contact.email}}.', shared: true },
    ]
    for (const body of kept) await stage.owner.caller.post('/api/v1/replies', body)
    await stage.owner.caller.post('/api/v1/knowledge', {
      title: 'Opening hours of the shop',
      body: 'The shop opens at 9 and closes at 18 from Monday to Saturday.',
      status: 'published',
    })
  },
})

test('kept words, a mention, a macro and send and close, by keys alone', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/replies' })
  const { page } = operator
  await page.getByRole('button', { name: 'Add macro' }).click()
  const adding = operator.dialog('Add a macro')
  await adding.getByRole('textbox', { name: 'Name' }).fill('Wait for them')
  await adding.getByRole('button', { name: 'Add a step' }).click()
  await page.getByRole('menuitem', { name: 'Set the priority' }).click()
  await adding.getByRole('combobox', { name: 'Key' }).click()
  await page.getByRole('option', { name: 'M 1' }).click()
  await adding.getByRole('button', { name: 'Add macro' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Wait for them' })).toContainText('Priority High')
  await expectAccessible(page, 'Settings, replies')

  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('When does the shop open, and when does it close?')
  await page.goto(`${stage().url}/conversations`)
  await operator.row('Jonas Berg').click()
  await operator.button(/^Take over/).click()
  await operator
    .dialog(/^Take over/)
    .getByRole('button', { name: 'Take over' })
    .click()
  await expect(operator.reply).toBeFocused()

  // A slash, words, Enter: filled, in the box, and there after a reload.
  await page.keyboard.type('/open')
  await expect(page.getByRole('option', { name: /Opening hours/ })).toBeVisible()
  await expectAccessible(page, 'Canned replies')
  await page.keyboard.press('Enter')
  await expect(operator.reply).toHaveValue('Hello Jonas, we open at 9.')
  await page.reload()
  await expect(operator.reply).toHaveValue('Hello Jonas, we open at 9.')
  await operator.reply.press('Enter')
  await expect(visitor.bubble('Hello Jonas, we open at 9.')).toBeVisible()

  // What has no value cannot be sent before it is written over.
  await operator.reply.pressSequentially('/mail')
  await expect(page.getByRole('option', { name: /Ask for the address/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('has no value here')).toBeVisible()
  await expect(operator.button(/^Send/)).toBeDisabled()
  await page.keyboard.type('jonas@example.com')
  await expect(operator.reply).toHaveValue('I send it to jonas@example.com.')
  await operator.reply.fill('')

  await operator.button(/^Suggest a reply/).click()
  await expect(operator.reply).toHaveValue(/opens at 9/)
  await expect(operator.bubble('opens at 9 and closes')).toHaveCount(1)
  await operator.reply.fill('')
  await operator.reply.press('Escape')

  await page.keyboard.press('m')
  await page.keyboard.press('1')
  await operator.toast('Wait for them: done').getByRole('button', { name: /Undo/ }).click()
  const [conversation] = await stage().conversations()
  const path = `/api/v1/conversations/${conversation!.id}`
  await expect.poll(async () => (await stage().owner.caller.get(path)).body.priority).toBe('normal')

  await page.keyboard.press('n')
  await page.keyboard.type('Please look, @')
  await page.getByRole('option', { name: 'Olga' }).first().click()
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => {
      const { items } = (await stage().owner.caller.get(`${path}/entries?kinds=note`)).body
      return items[0]?.data.mentions?.length
    })
    .toBe(1)

  await page.keyboard.press('Escape')
  await page.keyboard.press('r')
  await page.keyboard.type('Have a good day.')
  await page.keyboard.press('Control+Shift+Enter')
  await expect(visitor.bubble('Have a good day.')).toBeVisible()
  await operator.toast('Sent and closed').getByRole('button', { name: /Undo/ }).click()
  await expect(operator.reply).toBeVisible()
})
