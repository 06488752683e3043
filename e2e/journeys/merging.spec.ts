/** Two conversations become one and two again, one becomes two, and two contacts one: seen by two operators at once. */
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 10, minute)).toISOString()
const stage = useStage({
  furnish: async (stage) => {
    const person = { externalId: 'greta', name: 'Greta Holm', email: 'greta@example.com' }
    const message = (n: number, author: string, text: string, minute: number) => ({
      externalId: `m${n}`,
      author,
      text,
      at: at(minute),
    })
    const items = [
      {
        externalId: 'one',
        contact: person,
        messages: [message(1, 'contact', 'Where is my heat pump?', 0), message(2, 'agent', 'On its way.', 4)],
      },
      {
        externalId: 'two',
        contact: person,
        tags: ['vip'],
        messages: [message(1, 'contact', 'It is Greta again', 2), message(2, 'contact', 'About the heat pump', 6)],
      },
      {
        externalId: 'three',
        contact: { externalId: 'g', name: 'G. Holm', email: 'holm@example.com' },
        messages: [message(1, 'contact', 'A third thing', 8)],
      },
    ]
    const reply = await stage.owner.caller.post('/api/v1/ingest/conversations', { items })
    if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
  },
})

test('two conversations of one contact are merged, seen by another operator, and taken back; contacts too', async ({
  crowd,
}) => {
  const ana = await crowd.operator(stage())
  const ben = await crowd.operator(stage())
  await ben.row('About the heat pump').click()
  await expect(ben.bubble('It is Greta again')).toBeVisible()
  await ana.row('On its way.').click()
  await expect(ana.bubble('Where is my heat pump?')).toBeVisible()

  const menu = async (item: RegExp) => {
    await ana.page.getByRole('button', { name: 'More actions' }).click()
    await ana.page.getByRole('menuitem', { name: item }).click()
  }
  await menu(/^Merge with another/)
  const merging = ana.dialog('Merge two conversations?')
  await expect(merging).toContainText('All 4 messages are kept')
  await expect(merging).toContainText('vip')
  await expectAccessible(ana.page, 'the question which conversation survives')
  await merging.getByRole('button', { name: 'Merge conversations' }).click()
  await expect(ana.log.locator('.bub')).toContainText([
    'Where is my heat pump?',
    'It is Greta again',
    'On its way.',
    'About the heat pump',
  ])
  await expect(ben.bubble('Where is my heat pump?')).toBeVisible()
  await expect(ben.row('About the heat pump')).toHaveCount(1)

  await ana
    .toast(/^Merged #/)
    .getByRole('button', { name: /Undo/ })
    .click()
  await expect(ana.bubble('It is Greta again')).toHaveCount(0)
  await expect(ana.row('About the heat pump')).toHaveCount(1)
  await expect(ana.row('On its way.')).toHaveCount(1)

  await menu(/^Split in two/)
  const splitting = ana.dialog('Split this conversation?')
  await splitting.getByRole('radio', { name: /On its way/ }).check()
  await expect(splitting).toContainText('1 of the listed messages stay, 1 go.')
  await splitting.getByRole('button', { name: 'Split conversation' }).click()
  await expect(ana.bubble('On its way.')).toHaveCount(0)
  await menu(/^Undo the split/)
  await expect(ana.bubble('On its way.')).toBeVisible()

  await menu(/^Merge the contact/)
  const contacts = ana.dialog('Merge these two contacts?')
  await contacts.getByRole('textbox', { name: 'Find the other contact' }).fill('G. Holm')
  await contacts.getByRole('button', { name: /holm@example/ }).click()
  await contacts.getByRole('radio', { name: /^E-mail: holm/ }).check()
  await expectAccessible(ana.page, 'the question whose values survive')
  await contacts.getByRole('button', { name: 'Merge 2 contacts' }).click()
  await expect(ana.panel).toContainText('holm@example.com')
  await expect(ben.row('A third thing')).toContainText('Greta Holm')
})
