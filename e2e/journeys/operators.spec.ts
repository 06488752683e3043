/** Two operators at once: one wins, the other is told by name; they see each other; and the two of them block somebody. */
import { type Person, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let ana: Person
let ben: Person
const stage = useStage({
  furnish: async (stage) => {
    ana = await stage.hire('Ana Costa')
    ben = await stage.hire('Ben Okoro')
  },
})

test('of two who take over at once one wins, and the other is told by whom', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('I want to talk to a human please')
  const screens = [await crowd.operator(stage(), { as: ana }), await crowd.operator(stage(), { as: ben })] as const
  for (const screen of screens) {
    await screen.row('Jonas Berg').click()
    await screen.button(/^Take over/).click()
  }
  await expect(screens[0].page.getByText('Ben Okoro is here too')).toBeAttached()
  await expect(screens[1].page.getByText('Ana Costa is here too')).toBeAttached()

  const confirm = screens.map((screen) => screen.dialog(/^Take over/).getByRole('button', { name: 'Take over' }))
  // Neither knows of the other: both clicks are on their way before either answer is back.
  await Promise.all(confirm.map((button) => button.click()))
  const [conversation] = await stage().conversations()
  await expect.poll(async () => (await stage().conversations())[0]!.assignee?.name ?? null).not.toBeNull()
  const winner = (await stage().conversations())[0]!.assignee!.name
  const [won, lost] = winner === 'Ana Costa' ? screens : [screens[1], screens[0]]
  await expect(won.reply).toBeVisible()
  await expect(lost.toast(`${winner} took this one first`)).toBeVisible()
  await expect(lost.page.getByText(`${winner} has this conversation`, { exact: true })).toBeVisible()
  await expect(lost.reply).toHaveCount(0)
  const takes = (await stage().entries(conversation!.id)).filter(({ data }) => data.type === 'taken_over')
  expect(takes).toHaveLength(1)
})

test('two who write in one conversation see each other typing', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage(), { name: 'Carla Ruiz' })
  await visitor.say('I want to talk to a human please')
  const first = await crowd.operator(stage(), { as: ana })
  const second = await crowd.operator(stage(), { as: ben })
  await first.row('Carla Ruiz').click()
  await first.takeOver()
  await second.row('Carla Ruiz').click()
  await expect(second.page.getByText('Ana Costa has this conversation')).toBeVisible()
  await second.button(/^(Note|Write a note)/).click()
  await first.reply.pressSequentially('Hel')
  await expect(second.page.getByText('Ana Costa is typing here too')).toBeVisible()
  await expect(visitor.log.getByText('Ana Costa is writing')).toBeVisible()
  const note = second.page.getByRole('textbox', { name: 'Note for the team' })
  await note.fill('She called yesterday, too.')
  await note.press('Enter')
  await expect(first.log.getByText('She called yesterday, too.')).toBeVisible()
  await first.send('Hello Carla, Ana here.')
  await expect(visitor.bubble('Ana here')).toBeVisible()
  await expect(visitor.inside.getByText('She called yesterday')).toHaveCount(0)
})

test('a blocked contact is neither answered nor counted, until unblocked', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { as: ana })
  const visitor = await crowd.visitor(stage(), { name: 'Rude Rudi' })
  await visitor.say('hello')
  await expect(visitor.bubble('I am Ada')).toBeVisible()
  await operator.row('Rude Rudi').click()
  await operator.control.click()
  await operator.page.getByRole('menuitemradio', { name: /Blocked/ }).click()
  const dialog = operator.dialog('Block Rude Rudi?')
  await dialog.getByLabel('Reason').fill('insults')
  await dialog.getByRole('button', { name: 'Block' }).click()
  await expect(operator.page.getByText('This contact is blocked')).toBeVisible()
  await expect(operator.page.getByText('Reason: insults.').first()).toBeVisible()
  await expect(operator.control).toHaveAccessibleName(/User blocked/)

  await visitor.say('what does express shipping cost?')
  await expect(operator.bubble('what does express shipping cost?')).toBeVisible()
  await operator.page.getByRole('button', { name: 'Unblock', exact: true }).click()
  await expect(operator.page.getByText('Ada is answering')).toBeVisible()
  await expect(operator.control).toHaveAccessibleName(/Assistant active/)
  await visitor.say('and how long does delivery take?')
  await expect(visitor.bubble('3 to 5 working days')).toBeVisible()
  const [conversation] = await stage().conversations()
  const entries = await stage().entries(conversation!.id)
  const at = (type: string) => entries.find(({ data }) => data.type === type)!.position
  const meanwhile = entries.filter(({ position }) => position > at('blocked') && position < at('unblocked'))
  expect(meanwhile.map(({ author, text }) => [author.kind, text])).toEqual([
    ['contact', 'what does express shipping cost?'],
  ])
})
