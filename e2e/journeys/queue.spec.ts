/** The queue: offered and accepted, claimed by two at once, told out of hours, moved by a supervisor. */
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

test('who asks for a person is offered to somebody available, who reads the brief, accepts and answers', async ({
  crowd,
}) => {
  const operator = await crowd.operator(stage(), { as: ana, at: '/knowledge' })
  const { page } = operator
  await page.getByRole('button', { name: /User menu/ }).click()
  await page.getByRole('menuitemradio', { name: 'Available' }).click()
  await expect(operator.toast('You are available now.')).toBeVisible()
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('How long does delivery take?')
  await expect(visitor.bubble('Shipping and delivery')).toBeVisible()
  await visitor.say('I want to talk to a human please')

  const offer = page.getByRole('region', { name: 'Offers' })
  await expect(offer.getByText('Jonas Berg asks for a person')).toBeVisible({ timeout: 30_000 })
  await expect(offer.getByText('the contact asked for a person')).toBeVisible()
  await page.getByRole('heading', { level: 1 }).first().click()
  await page.keyboard.press('a')
  await expect(page).toHaveURL(/\/inbox\//)
  const brief = page.getByRole('region', { name: 'Brief' })
  await expect(brief.getByText(/delivery take/).first()).toBeVisible({ timeout: 30_000 })
  await brief
    .getByRole('button', { name: /Go to message/ })
    .first()
    .click()
  await expect(operator.log.locator('.found')).toBeAttached()
  await operator.send('Hello Jonas, Ana here.')
  await expect(visitor.bubble('Ana here')).toBeVisible()
  await page.getByRole('link', { name: /^Mine/ }).first().click()
  await expect(operator.waiting('Jonas Berg')).toContainText('You')
})

test('of two who claim at once one wins, and the other is told who', async ({ crowd }) => {
  const screens = [
    await crowd.operator(stage(), { as: ana, at: '/inbox' }),
    await crowd.operator(stage(), { as: ben, at: '/inbox' }),
  ] as const
  // Nothing is offered, so that both have to reach for it.
  for (const { caller } of [ana, ben])
    await stage().expect(caller.put('/api/v1/queue/presence', { state: 'busy', keepWork: true }))
  const visitor = await crowd.visitor(stage(), { name: 'Carla Ruiz' })
  await visitor.say('I want to talk to a human please')
  const claims = screens.map((screen) => screen.waiting('Carla Ruiz').getByRole('button', { name: /^Claim/ }))
  for (const claim of claims) await expect(claim).toBeVisible({ timeout: 30_000 })
  await Promise.all(claims.map((claim) => claim.click()))
  const assignee = async () =>
    (await stage().conversations()).find(({ contact }) => contact.name === 'Carla Ruiz')?.assignee?.name ?? null
  await expect.poll(assignee).not.toBeNull()
  const winner = (await assignee())!
  const lost = winner === 'Ana Costa' ? screens[1] : screens[0]
  await expect(lost.toast(`${winner} claimed this one first`)).toBeVisible()
  await expect(lost.waiting('Carla Ruiz')).toContainText(winner.split(' ')[0]!)
})

test('a supervisor sees who has what, and moves it', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage(), { name: 'Mei Tanaka' })
  await visitor.say('I want to talk to a human please')
  await expect(visitor.inside.getByText('Waiting for a person')).toBeVisible()
  const id = (await stage().conversations()).find(({ contact }) => contact.name === 'Mei Tanaka')!.id
  await stage().expect(ana.caller.post(`/api/v1/conversations/${id}/claim`, {}))
  const away = await crowd.operator(stage(), { as: ben, at: '/inbox?queue=mine' })
  const { page } = await crowd.operator(stage(), { at: '/inbox?queue=board' })
  await page.getByRole('button', { name: 'Move Mei Tanaka from Ana Costa' }).click()
  const dialog = page.getByRole('dialog', { name: 'Transfer Mei Tanaka' })
  await dialog.getByRole('radio', { name: /Ben Okoro/ }).check()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('textbox', { name: 'Note for them' }).fill('She called yesterday, too.')
  await dialog.getByRole('button', { name: 'Transfer' }).click()
  await expect(page.locator('.toast').filter({ hasText: 'Given to Ben Okoro.' })).toBeVisible()
  await expect(away.waiting('Mei Tanaka')).toContainText('You', { timeout: 30_000 })
})

test('out of hours the contact is told when we open, and the inbox says so', async ({ crowd }) => {
  const admin = await crowd.operator(stage(), { at: '/settings/hours' })
  const { page } = admin
  await page.getByRole('switch', { name: 'Open all the time' }).click()
  // Two days ahead: closed now, whatever the time is.
  const day = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(Date.now() + 2 * 86_400_000)
  await page.getByRole('button', { name: `Add hours on ${day}` }).click()
  await page.getByRole('textbox', { name: 'What the contact is told' }).fill('We are closed and back {opens}.')
  await expect(page.getByText(/With these changes: Closed now, opens/)).toBeVisible()
  await admin.button('Save').click()
  await expect(page.getByText(/^Closed now, opens/)).toBeVisible()

  const visitor = await crowd.visitor(stage(), { name: 'Omar Aziz' })
  await visitor.say('I want to talk to a human please')
  await expect(visitor.inside.getByText(/We are closed and back/).first()).toBeVisible()
  await page.goto(`${stage().url}/inbox`)
  await expect(admin.waiting('Omar Aziz')).toContainText('Outside business hours')
})
