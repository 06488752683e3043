/** Every screen, light and dark, desk and phone: axe finds nothing serious; so does it in the widget. */
import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/access.ts'
import { type Stage, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({ furnish: talkAboutEverything })

test('the list, and conversations in every state', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  const { page } = operator
  await expect(operator.row('Jonas Berg')).toBeVisible()
  await inEveryLook(page, 'the list')
  const open = async (name: string, what: string) => {
    await operator.row(name).click()
    await expect(operator.thread.locator('.bub').first()).toBeVisible()
    await inEveryLook(page, what)
  }
  await open('Carla Ruiz', 'a conversation that is mine')
  await open('Rude Rudi', 'a contact who is blocked')
  await open('Jonas Berg', 'a conversation that was reviewed')
  for (const part of await operator.panel.locator('details').all()) await part.locator('summary').click()
  await expectAccessible(page, 'the panel, unfolded')
})

test('what opens over a conversation', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  const { page } = operator
  await operator.row('Jonas Berg').click()
  await expect(operator.thread.locator('.bub').first()).toBeVisible()
  await page.setViewportSize(PHONE)
  await operator.button('Contact details').click()
  await expect(operator.panel.getByRole('heading', { name: 'Jonas Berg' })).toBeVisible()
  await inEveryLook(page, 'the panel alone')
  await operator.control.click()
  await expect(page.getByRole('menu')).toBeVisible()
  await inEveryLook(page, 'the menu of who answers')
  await page.keyboard.press('Escape')
  await operator.button(/^Take over/).click()
  await expect(operator.dialog(/^Take over/)).toBeVisible()
  await inEveryLook(page, 'the question before taking over')
  await page.keyboard.press('Escape')
  await page.goto(`${stage().url}/conversations?view=mine&q=nobody-at-all`)
  await expect(page.getByText('No conversation matches this filter')).toBeVisible()
  await inEveryLook(page, 'an empty list')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
  await inEveryLook(page, 'the palette')
})

const PLACES = [
  ['/welcome', '/no/such/place'],
  ['/knowledge', 'an article', '/agents'],
  ['/inbox', '/inbox?queue=board', '/settings/hours'],
  ['/settings/general', '/settings/team', '/settings/channels', 'a channel'],
  ['/settings/api-keys', '/settings/connection', '/settings/profile', '/settings/appearance', '/settings/keyboard'],
]
for (const paths of PLACES) {
  test(`the screens ${paths.join(', ')}`, async ({ crowd }) => {
    const { page } = await crowd.operator(stage())
    for (const path of paths) {
      await page.goto(stage().url + (await addressOf(path)))
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
      await expect(page.getByRole('main').locator('[aria-busy=true], .sk')).toHaveCount(0)
      await inEveryLook(page, path)
    }
  })
}

test('the door', async ({ crowd }) => {
  const page = await (await crowd.browser(stage())).newPage()
  await page.goto(`${stage().url}/sign-in`)
  await expect(page.getByRole('heading', { name: 'Sign in to Earshot' })).toBeVisible()
  await inEveryLook(page, 'signing in')
})

test('the widget and the hosted chat', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage())
  await inEveryLook(visitor.page, 'welcome')
  await visitor.say('How long does delivery take?')
  await expect(visitor.bubble('3 to 5 working days')).toBeVisible()
  await inEveryLook(visitor.page, 'an answer')
  await visitor.inside.getByRole('button', { name: 'More' }).click()
  await visitor.inside.getByRole('menuitem', { name: 'Rate this conversation' }).click()
  await expect(visitor.inside.getByRole('heading', { name: 'How was this conversation?' })).toBeVisible()
  await inEveryLook(visitor.page, 'rating')
  const guest = await crowd.guest(stage())
  await expect(guest.field).toBeVisible()
  await inEveryLook(guest.page, 'the hosted chat')
})

async function addressOf(path: string): Promise<string> {
  if (path === 'an article') return `/knowledge/${(await stage().articles())[0]!.id}`
  if (path === 'a channel') return `/settings/channels/${(await stage().channel('widget')).id}`
  return path
}

const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

async function inEveryLook(page: Page, what: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page, `${what}, ${colorScheme}, ${size}`)
    }
  }
}

/** Conversations in several states, so that every screen has something to show. */
async function talkAboutEverything(stage: Stage): Promise<void> {
  const { caller } = stage.owner
  const blocked = await stage.talk('Rude Rudi', 'hello')
  const at = { channelId: blocked.channel.id, reason: 'insults' }
  await stage.expect(caller.post(`/api/v1/contacts/${blocked.contact.id}/block`, at))
  const mine = await stage.talk('Carla Ruiz', 'I want to talk to a human please')
  const path = `/api/v1/conversations/${mine.id}`
  await stage.expect(caller.put(`${path}/control`, { control: 'operator', announce: true }))
  const text = [
    '## Olga here, **how** can I [help](https://hearth.example)?',
    '- [ ] call\n- [x] write\n\n1. `one`\n2. ~~two~~',
    '| Kettle | Price |\n|---|---:|\n| Enamel | 49 |',
    '> quoted\n\n```\ncode\n```\n\n![a picture](https://hearth.example/a.png)',
  ].join('\n\n')
  await stage.expect(caller.post(`${path}/messages`, { text, clientKey: crypto.randomUUID() }))
  await stage.expect(caller.post(`${path}/notes`, { text: 'She called yesterday.', clientKey: crypto.randomUUID() }))
  const judged = await stage.talk('Jonas Berg', 'How long does delivery take?', 'Thanks! My number is +49 170 1234567')
  await stage.expect(caller.post(`/api/v1/conversations/${judged.id}/review`))
}
