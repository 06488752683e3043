/** The tracker on a shop of another origin: counts right over pages, scripts and tabs, tells no secrets, keeps silent when asked. */
import type { BrowserContextOptions, Page } from '@playwright/test'
import { until } from '../../apps/server/src/test/until.ts'
import { expectAccessible } from '../harness/access.ts'
import { expect, test } from '../harness/test.ts'
import { agree, earshot, listen, useTrackedShop } from '../harness/tracked-shop.ts'
import { Widget } from '../harness/widget.ts'

const { stage, shop, enter, visitOf, chat } = useTrackedShop()

test('pages, a page changed by script, and a second tab are one visit with the right counts; forms keep their secrets', async ({
  crowd,
}) => {
  const hostile = encodeURIComponent('<img src=x onerror=alert(1)>')
  const { context, page, heard } = await enter(crowd, `?utm_source=${hostile}&utm_medium=mail&utm_campaign=spring`)
  expect(heard.all, 'nothing before consent').toEqual([])
  await agree(page)
  await page.getByRole('button', { name: 'Buy' }).click()
  await page.evaluate(() => scrollTo(0, 1500))
  await page.getByRole('button', { name: 'Order' }).click()
  await earshot(page, 'track', 'grant_calculated', { area_m2: 148, heating: 'oil' })
  await page.locator('#spa').click()
  await expect(page).toHaveURL(/\/pans$/)
  const tab = await context.newPage()
  const [told] = await Promise.all([
    tab.waitForResponse((response) => response.url().endsWith('/widget/v1/track')),
    tab.goto(`${shop().url}kettles`),
  ])
  expect((await told.json()).visit.number).toBe(1)
  await page.bringToFront()
  const id = await chat(page, 'Which kettle is the quietest?')
  await until(async () => (await visitOf(id)).pageViews.length >= 3, 'all pages are told')

  const { visit, pageViews, events } = await visitOf(id)
  expect(visit).toMatchObject({ number: 1, pages: 3, device: 'desktop', bounce: false })
  expect(visit?.utm).toMatchObject({ source: '<img src=x onerror=alert(1)>', medium: 'mail', campaign: 'spring' })
  expect(pageViews.map((view) => [new URL(view.url).pathname, view.title])).toEqual([
    ['/', 'Shop /'],
    ['/pans', 'Pans, by script'],
    ['/kettles', 'Shop /kettles'],
  ])
  expect(pageViews[0]!.scroll).toBeGreaterThan(50)
  expect(events.map(({ kind, name, data }) => [kind, name, data])).toEqual([
    ['click', 'Buy now', {}],
    ['form', 'order', { fields: ['email', 'city'] }],
    ['custom', 'grant_calculated', { area_m2: 148, heating: 'oil' }],
  ])
  const sent = heard.bodies.join('\n')
  for (const secret of ['hunter2', '4111', '737"', 'ada@example', 'password', 'card_number'])
    expect(sent).not.toContain(secret)
})

test.describe('silent', () => {
  const signals: [string, string, BrowserContextOptions, string][] = [
    ['Do Not Track', 'doNotTrack', { extraHTTPHeaders: { DNT: '1' } }, '1'],
    ['Global Privacy Control', 'globalPrivacyControl', { extraHTTPHeaders: { 'Sec-GPC': '1' } }, 'true'],
  ]
  for (const [name, property, options, value] of signals) {
    test(`under ${name}, also after consent`, async ({ crowd }) => {
      const context = await crowd.browser({ url: stage().url, site: shop() }, options)
      await context.addInitScript(
        ([key, said]) =>
          Object.defineProperty(Navigator.prototype, key!, { get: () => (said === 'true' ? true : said) }),
        [property, value],
      )
      const heard = listen(context)
      const page = await context.newPage()
      await page.goto(shop().url)
      await expect(Widget.embedded(page).launcher).toBeVisible()
      await earshot(page, 'consent', 'grant')
      await earshot(page, 'track', 'anything')
      await page.locator('#spa').click()
      await page.reload()
      await expect(Widget.embedded(page).launcher).toBeVisible()
      expect(heard.all).toEqual([])
    })
  }

  test('after consent is taken back', async ({ crowd }) => {
    const { page, heard } = await enter(crowd)
    await agree(page)
    await earshot(page, 'consent', 'deny')
    const before = heard.all.length
    await earshot(page, 'track', 'anything')
    await page.locator('#spa').click()
    await page.reload()
    await expect(Widget.embedded(page).launcher).toBeVisible()
    expect(heard.all.length).toBe(before)
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /:[vmrq]$/.test(key)))).toEqual([])
  })
})

async function inEveryLook(page: Page, what: string): Promise<void> {
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page, `${what}, ${colorScheme}, ${width}`)
    }
  }
}

test('an operator reads the session beside the conversation, and sees the visitor move without a reload', async ({
  crowd,
}) => {
  const { page } = await enter(crowd, '?utm_source=letter&utm_medium=print')
  await agree(page)
  await earshot(page, 'track', 'grant_calculated', { area_m2: 148 })
  const id = await chat(page, 'Which pan for fish?')
  const { page: dashboard } = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  await dashboard.getByRole('tab', { name: 'Client data' }).click()
  const data = dashboard.locator('.cdata')
  const cell = (name: string) =>
    data.locator('.infogrid > div').filter({ has: dashboard.getByText(name, { exact: true }) })
  await expect(cell('Channel')).toContainText('Widget')
  await expect(cell('Session ID')).toContainText('s_')
  await expect(cell('Traffic source')).toContainText('letter')
  await expect(cell('UTM medium')).toContainText('print')
  await expect(cell('Pages visited')).toContainText('1')
  await expect(data.getByText('grant_calculated')).toBeVisible()

  await page.evaluate(() => {
    history.pushState({}, '', '/pans')
    document.title = '<b>Pans</b> & more'
  })
  await expect(cell('Pages visited')).toContainText('2')
  await expect(data.locator('.pv').getByText('<b>Pans</b> & more')).toBeVisible()
  await stage().expect(
    stage().owner.caller.patch(`/api/v1/conversations/${id}/memory`, { memory: { fish: 'perch', size: 28 } }),
  )
  await expect(data.locator('.memc').filter({ hasText: 'fish' })).toContainText('perch')
  await inEveryLook(dashboard, 'client data')
})

test('a rule made in Settings is met on the website once it is switched on, and its capture is read as JSON', async ({
  crowd,
}) => {
  const { page: dashboard } = await crowd.operator(stage(), { at: '/settings/triggers' })
  await dashboard.getByRole('button', { name: 'New rule' }).click()
  await dashboard.getByRole('dialog').getByLabel('Name').fill('Fish pans')
  await dashboard.getByRole('dialog').getByRole('button', { name: 'Create rule' }).click()
  await expect(dashboard.getByRole('heading', { name: 'Fish pans' })).toBeVisible()
  await dashboard.getByRole('combobox', { name: 'Condition' }).click()
  await dashboard.getByRole('option', { name: 'Event' }).click()
  await dashboard.getByLabel('Event name').fill('fish')
  await dashboard.getByLabel('What it says').fill('Fresh or frozen?')
  await expect(dashboard.locator('.site')).toContainText('Fresh or frozen?')
  await dashboard.getByLabel('Keep these fields').fill('kind')
  await dashboard.getByRole('switch', { name: 'On' }).click()
  await dashboard.getByRole('button', { name: 'Save' }).click()
  await expect(dashboard.getByText('Version 2')).toBeVisible()
  await inEveryLook(dashboard, 'the editor of rules')

  const { page } = await enter(crowd)
  await agree(page)
  await earshot(page, 'track', 'fish', { kind: 'perch' })
  const said = page.locator('earshot-trigger')
  await expect(said).toContainText('Fresh or frozen?')
  await expectAccessible(page, 'what a rule shows', 'earshot-trigger')
  await said.getByRole('button', { name: 'Yes' }).click()
  // It opens the chat: whoever opened it again meanwhile would close it.
  await expect(page.locator('earshot-widget iframe').contentFrame().getByRole('textbox')).toBeVisible()
  const id = await chat(page, 'Fresh, please')
  await dashboard.goto(`${stage().url}/conversations/${id}/full`)
  await dashboard.getByRole('tab', { name: 'Client data' }).click()
  const fired = dashboard.locator('.trig').filter({ hasText: 'Fish pans' })
  await fired.locator('summary').click()
  await expect(fired.locator('pre')).toContainText('"kind": "perch"')
  await expect(fired.getByRole('button', { name: 'Copy JSON' })).toBeVisible()

  await dashboard.goto(`${stage().url}/settings/triggers`)
  await dashboard.getByRole('switch', { name: 'Fish pans on' }).click()
  await expect(dashboard.getByText('Saved')).toBeVisible()
  const { page: later } = await enter(crowd)
  await agree(later)
  await earshot(later, 'track', 'fish', { kind: 'pike' })
  await later.waitForResponse((response) => response.url().endsWith('/widget/v1/track'))
  await expect(later.locator('earshot-trigger')).toHaveCount(0)
})
