/** Reading one conversation in full: panel over the table, page of its own, tabs, hits, and work by keys. */
import type { Conversation } from '@earshot/contracts'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/access.ts'
import { type Stage, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage({ furnish: tellStories, env: { EARSHOT_REVIEW_AFTER_SECONDS: '86400' } })

const panelOf = (page: Page) => page.getByRole('region', { name: 'Conversation detail' })
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name })
const facts = (page: Page) => page.getByRole('complementary', { name: 'Facts of the conversation' })
const entry = (page: Page, position: number) => page.locator(`#entry-${position}`)

test('a row opens the panel: how it stands, its functions, its neighbours, and back to the row', async ({ crowd }) => {
  const { page } = await crowd.operator(stage(), { at: '/conversations?layout=table' })
  const row = page.getByRole('link', { name: 'Jonas Berg' }).first()
  await row.click()
  const panel = panelOf(page)
  await expect(panel.getByRole('heading', { name: 'Jonas Berg' })).toBeFocused()
  await expect(panel.getByText('Closed').first()).toBeVisible()
  await expect(panel.getByRole('button', { name: /^Copy session ID/ })).toBeVisible()
  for (const fact of ['Text only', '124', 'in 1,200, out 340', 'Nobody', 'In Progress', 'No flow'])
    await expect(facts(page).getByText(fact).first()).toBeVisible()
  const called = panel.locator('.fcall').filter({ hasText: 'track_parcel' })
  await called.locator('summary').click()
  await expect(called.getByText('"K-92822"').last()).toBeVisible()
  await expect(called.getByText(/1\.9\s?s/)).toBeVisible()

  await page.keyboard.press('j')
  await expect(panel.getByRole('heading', { name: 'Carla Ruiz' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(panel.getByRole('heading', { name: 'Jonas Berg' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(page).not.toHaveURL(/conversations\/[0-9a-f]/)
})

test('on a page of its own, with who else is here', async ({ crowd }) => {
  const { id } = await story('Jonas Berg')
  const other = await stage().hire('Aiko Tan')
  const { page } = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  await expect(page.getByRole('heading', { name: 'Jonas Berg' })).toBeVisible()
  const second = await crowd.operator(stage(), { as: other, at: `/conversations/${id}` })
  await expect(second.page.getByRole('heading', { name: 'Jonas Berg' }).first()).toBeVisible()
  await expect(page.getByText('Aiko Tan is here too')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).not.toHaveURL(new RegExp(id))
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await expect(page).toHaveURL(/\/conversations(\?|$)/)
})

test('only what was said, until a switch shows the rest; older pages come on the way up', async ({ crowd }) => {
  const { id } = await story('Jonas Berg')
  const { page, thread, log } = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  await tab(page, /Transcription/).click()
  await expect(log.getByText('Message 120 of the story')).toBeVisible()
  await expect(log.getByText('Call him on Friday')).toHaveCount(0)
  await expect(log.locator('.tool')).toHaveCount(0)
  await page.getByRole('switch', { name: /notes, functions and activity/ }).check()
  await expect(log.getByText('Call him on Friday')).toBeVisible()
  await expect(log.locator('.tool').filter({ hasText: 'track_parcel' })).toBeVisible()
  await expect(log.getByText('Message 3 of the story')).toHaveCount(0)
  for (let i = 0; i < 6 && (await log.getByText('Message 3 of the story').count()) === 0; i++) {
    await thread.evaluate((element) => element.scrollTo({ top: 0 }))
    await expect(thread.locator('.earlier [aria-busy=true]')).toHaveCount(0)
  }
  await expect(log.getByText('Message 3 of the story')).toBeVisible()
})

test('a conversation of a thousand messages: opened in its middle, read to its beginning, and on to its end', async ({
  crowd,
}) => {
  const at = (n: number) => new Date(Date.UTC(2026, 8, 1, 9, n * 5)).toISOString()
  const messages = Array.from({ length: 1000 }, (_, i) => ({
    externalId: `m${i + 1}`,
    author: i % 2 ? 'agent' : 'contact',
    text: `Line ${i + 1} of a thousand`,
    at: at(i),
  }))
  const long = { externalId: 'long', contact: { name: 'Lena Long' }, messages }
  const { caller } = stage().owner
  const { body } = await stage().expect(caller.post('/api/v1/ingest/conversations', { items: [long] }))
  const { id } = body.results[0]
  const { page, thread, log } = await crowd.operator(stage(), { at: `/conversations/${id}?at=400` })
  await expect(log.getByText('Line 400 of a thousand')).toBeInViewport()
  await expect(log.getByText('Line 1000 of a thousand')).toHaveCount(0)
  const rows = log.locator('.linerow')
  await expect(async () => {
    await thread.evaluate((box) => box.scrollTo({ top: 0 }))
    await expect(log.getByText('Line 1 of a thousand')).toBeInViewport({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
  expect(await rows.count()).toBeLessThan(200)
  const more = { externalId: 'long', messages: [{ externalId: 'm1001', author: 'contact', text: 'And one more' }] }
  await stage().expect(caller.post('/api/v1/ingest/conversations', { items: [more] }))
  const jump = page.getByRole('button', { name: /Jump to latest/ })
  await jump.click()
  await expect(log.getByText('And one more')).toBeInViewport()
  await expect(jump).toHaveCount(0)
})

test('search inside: how many, one after the other, marked where they stand', async ({ crowd }) => {
  const { id } = await story('Jonas Berg')
  const { page } = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  await expect(page.getByRole('heading', { name: 'Jonas Berg' })).toBeVisible()
  await page.keyboard.press('Control+f')
  const field = page.getByRole('searchbox', { name: 'Search in this conversation' })
  await expect(field).toBeFocused()
  await page.keyboard.type('LANTERN')
  const count = page.getByRole('search').getByRole('status')
  await expect(count).toHaveText('3 of 3')
  await page.keyboard.press('Enter')
  await expect(count).toHaveText('1 of 3')
  await expect(page.locator('.bub').filter({ hasText: 'lantern for the garden, line 10' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(count).toHaveText('2 of 3')
  await page.keyboard.press('Shift+Enter')
  await expect(count).toHaveText('1 of 3')
  expect(await page.evaluate(() => [...CSS.highlights.get('found-here')!].map(String))).toEqual(['lantern'])
  await page.keyboard.press('Escape')
  await expect(field).toHaveCount(0)
})

test('a hit of the list opens at its message, and goes on to the next', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/conversations?layout=split&q=lantern' })
  const { page } = operator
  const row = operator.row('Jonas Berg')
  await expect(row.locator('mark')).toHaveText(/lantern/i)
  await row.click()
  const count = page.getByRole('search').getByRole('status').filter({ hasText: /of 3/ })
  await expect(count).toBeVisible()
  await expect(
    page
      .locator('.bub')
      .filter({ hasText: /lantern/i })
      .last(),
  ).toBeInViewport()
  const before = await count.textContent()
  await page.keyboard.press('Control+g')
  await expect(count).not.toHaveText(before!)
})

test('evidence of a judgement leads to its message', async ({ crowd }) => {
  const { id } = await story('Carla Ruiz')
  const { page } = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  // What is long over is reviewed by itself; whoever came first, there is a judgement then.
  await page
    .getByRole('button', { name: /^(Review now|Regenerate)$/ })
    .first()
    .click()
  await expect(page.getByText(/Written by/)).toBeVisible()
  const parts = page.locator('#quality details')
  for (const part of await parts.all()) await part.locator('summary').click()
  const quote = page.getByRole('button', { name: /^Go to/ }).first()
  const position = Number(/#(\d+)/.exec((await quote.textContent())!)![1])
  await quote.click()
  await expect(tab(page, /Transcription/)).toHaveAttribute('aria-selected', 'true')
  await expect(entry(page, position)).toBeInViewport()
})

test('work by keys: stage, assign, snooze, coach, undo', async ({ crowd }) => {
  const { id } = await story('Mira Solheim')
  const operator = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  const { page } = operator
  await expect(page.getByRole('heading', { name: 'Mira Solheim' })).toBeVisible()
  await page.keyboard.press('a')
  await page.getByRole('menuitemradio', { name: /Olga Meyer/ }).click()
  await expect(facts(page).getByText('Olga Meyer').first()).toBeVisible()
  await expect(operator.toast('Assigned to Olga Meyer')).toBeVisible()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(facts(page).getByText('Nobody')).toBeVisible()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('h')
  await page.getByRole('menuitem', { name: /^Tomorrow/ }).click()
  await expect(operator.toast('Snoozed')).toBeVisible()
  await expect(facts(page).getByText(/^Until/)).toBeVisible()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('s')
  await page.getByRole('menuitemradio', { name: 'Opportunity' }).click()
  await expect(facts(page).getByText('Opportunity').first()).toBeVisible()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('Shift+C')
  const coaching = page.getByRole('textbox', { name: /^Coaching for/ })
  await expect(coaching).toBeFocused()
  await page.keyboard.type('Offer her the blue one')
  await page.keyboard.press('Enter')
  await expect(operator.log.locator('.coach').filter({ hasText: 'Offer her the blue one' })).toBeVisible()
})

test('the palette finds people, views and commands, and what was opened last', async ({ crowd }) => {
  const { id } = await story('Mira Solheim')
  const { page } = await crowd.operator(stage(), { at: `/conversations/${id}` })
  await expect(page.getByRole('heading', { name: 'Mira Solheim' }).first()).toBeVisible()
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const option = (name: RegExp) => palette.getByRole('option', { name })
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('group', { name: 'Opened last' }).getByRole('option').first()).toContainText('Mira')
  await page.keyboard.type('Carla')
  const person = palette.getByRole('group', { name: 'People' }).getByRole('option').first()
  await expect(person).toContainText('Carla Ruiz')
  await expect(palette.getByRole('group', { name: 'Conversations' }).getByRole('option').first()).toContainText('Carla')
  for (let i = 0; i < 6 && (await person.getAttribute('data-highlighted')) === null; i++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/contactId/)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('transferred')
  await expect(option(/Transferred/).first()).toBeVisible()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('>appearance')
  await expect(option(/Appearance/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/settings\/appearance/)
})

test('every tab is accessible, light and dark, on a desk and on a phone', async ({ crowd }) => {
  const { id } = await story('Jonas Berg')
  const { page } = await crowd.operator(stage(), { at: `/conversations/${id}?layout=table` })
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    for (const name of [/Overview/, /Transcription/, /Client data/]) {
      await tab(page, name).click()
      await expect(page.getByRole('tabpanel')).toBeVisible()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await expectAccessible(page, `${name} ${colorScheme} ${viewport.width}`)
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
    }
  }
})

async function story(name: string): Promise<Conversation> {
  return (await stage().conversations()).find(({ contact }) => contact.name === name)!
}

/** One long story with a function, a note and three hits; a short one to be judged; and one that goes on. */
async function tellStories(on: Stage): Promise<void> {
  const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 9, minute)).toISOString()
  const said = (n: number) => ({
    externalId: `m${n}`,
    author: n % 2 ? 'contact' : 'agent',
    text: n % 50 === 10 ? `I want a lantern for the garden, line ${n}` : `Message ${n} of the story`,
    at: at(n),
    ...(n === 2 ? { usage: { inputTokens: 1200, outputTokens: 340 } } : {}),
  })
  const functionCall = {
    name: 'track_parcel',
    parameters: { order: 'K-92822' },
    result: { state: 'on its way' },
    status: 'ok',
    durationMs: 1900,
  }
  const messages = Array.from({ length: 124 }, (_, i) => said(i + 1))
  const items = [
    {
      externalId: 'carla',
      contact: { name: 'Carla Ruiz', email: 'carla@example.com' },
      status: 'closed',
      messages: [
        { externalId: 'a', author: 'contact', text: 'How long does delivery take?', at: at(1) },
        { externalId: 'b', author: 'agent', text: 'It takes 3 to 5 working days.', at: at(2) },
        { externalId: 'c', author: 'contact', text: 'Thank you, that helps a lot!', at: at(3) },
        { externalId: 'd', author: 'agent', text: 'You are welcome.', at: at(4) },
      ],
    },
    {
      externalId: 'jonas',
      contact: { name: 'Jonas Berg', email: 'jonas@example.com' },
      status: 'closed',
      messages: [...messages, { externalId: 'f', author: 'agent', functionCall, at: at(125) }],
    },
  ]
  const { body } = await on.expect(on.owner.caller.post('/api/v1/ingest/conversations', { items }))
  const id = body.results[1].id
  await on.expect(on.owner.caller.post(`/api/v1/conversations/${id}/notes`, { text: 'Call him on Friday' }))
  await on.talk('Mira Solheim', 'How long does delivery take?')
}
