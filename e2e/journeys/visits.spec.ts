/** The tracker on a shop of another origin: counts right over pages, scripts and tabs, tells no secrets, keeps silent when asked, and follows rules. */
import type { ConversationVisit, TriggerRule } from '@earshot/contracts'
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { until } from '../../apps/server/src/test/until.ts'
import { expectAccessible } from '../harness/access.ts'
import type { ForeignPage } from '../harness/foreign-page.ts'
import { serveShop } from '../harness/shop.ts'
import { useStage } from '../harness/stage.ts'
import { type Crowd, expect, test } from '../harness/test.ts'
import { Widget } from '../harness/widget.ts'

let shop: ForeignPage
const stage = useStage({
  furnish: async (opened) => {
    const channel = await opened.channel('widget')
    await opened.expect(opened.owner.caller.patch(`/api/v1/channels/${channel.id}`, { widget: { tracking: true } }))
    shop = await serveShop(channel.snippet!)
  },
})
test.afterAll(() => shop?.stop())

/** Numbers the requests of a browser that tell something of its visitor. */
function listen(context: BrowserContext): { bodies: string[]; all: string[] } {
  const heard: { bodies: string[]; all: string[] } = { bodies: [], all: [] }
  context.on('request', (request) => {
    if (/\/widget\/(v1\/(track|triggers)|assets\/tracker)/.test(request.url())) heard.all.push(request.url())
    if (request.url().endsWith('/track')) heard.bodies.push(request.postData() ?? '')
  })
  return heard
}

const earshot = (page: Page, ...command: unknown[]) =>
  page.evaluate((given) => (window as unknown as { Earshot(...all: unknown[]): void }).Earshot(...given), command)

async function enter(crowd: Crowd, path = '', options: BrowserContextOptions = {}) {
  const context = await crowd.browser({ url: stage().url, site: shop }, options)
  const heard = listen(context)
  const page = await context.newPage()
  await page.goto(shop.url + path)
  await expect(Widget.embedded(page).launcher).toBeVisible()
  return { context, page, heard }
}

/** The visitor agrees, and the server has heard of it. */
async function agree(page: Page): Promise<void> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/widget/v1/track')),
    earshot(page, 'consent', 'grant'),
  ])
  expect(answer.status()).toBe(200)
}

const visitOf = (id: string) => stage().read<ConversationVisit>(`/api/v1/conversations/${id}/visit`)

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
    tab.goto(`${shop.url}kettles`),
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
      const context = await crowd.browser({ url: stage().url, site: shop }, options)
      await context.addInitScript(
        ([key, said]) =>
          Object.defineProperty(Navigator.prototype, key!, { get: () => (said === 'true' ? true : said) }),
        [property, value],
      )
      const heard = listen(context)
      const page = await context.newPage()
      await page.goto(shop.url)
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

test.describe('a rule', () => {
  const message = { do: 'message', text: 'Shall I help? <b>Now</b>' }
  async function withRule(rule: object, run: (id: string) => Promise<void>): Promise<void> {
    const { caller } = stage().owner
    const given = { name: 'A rule', enabled: true, action: message, ...rule }
    const { body } = await stage().expect(caller.post('/api/v1/triggers', given))
    await run(body.id).finally(() => caller.send('DELETE', `/api/v1/triggers/${body.id}`))
  }
  const shown = (page: Page) => page.locator('earshot-trigger').getByText('Shall I help? <b>Now</b>')

  const conditions: [string, object, string, ((page: Page) => Promise<unknown>)?][] = [
    ['time on the page', { on: 'time', seconds: 1 }, ''],
    ['scroll depth', { on: 'scroll', percent: 90 }, '', (page) => page.evaluate(() => scrollTo(0, 5000))],
    [
      'leaving',
      { on: 'exit' },
      '',
      (page) => page.evaluate(() => document.dispatchEvent(new MouseEvent('mouseout', { clientY: -1 }))),
    ],
    ['an address', { on: 'page', op: 'startsWith', value: '/pa' }, '', (page) => page.locator('#spa').click()],
    ['a campaign', { on: 'utm', field: 'campaign', op: 'is', value: 'Spring' }, '?utm_campaign=spring'],
    ['a device', { on: 'device', device: 'desktop' }, ''],
    ['the number of visits', { on: 'visits', atLeast: 1 }, ''],
    [
      'events',
      { on: 'event', name: 'looked', atLeast: 2 },
      '',
      (page) => earshot(page, 'track', 'looked').then(() => earshot(page, 'track', 'looked')),
    ],
    ['the chat', { on: 'chat', open: true }, '', (page) => earshot(page, 'open')],
  ]
  for (const [name, condition, path, act] of conditions) {
    test(`fires by ${name}`, async ({ crowd }) => {
      await withRule({ conditions: [condition] }, async () => {
        const { page } = await enter(crowd, path)
        await Promise.all([page.waitForResponse((one) => /\/triggers\//.test(one.url())), agree(page)])
        if (act) await expect(shown(page)).toHaveCount(0)
        await act?.(page)
        await expect(shown(page)).toBeVisible()
      })
    })
  }

  test('whose condition does not hold stays quiet', async ({ crowd }) => {
    const never = [
      { on: 'device', device: 'mobile' },
      { on: 'visits', atLeast: 2 },
      { on: 'utm', field: 'source', op: 'is', value: 'letter' },
      { on: 'page', op: 'is', value: '/nowhere' },
    ]
    const made: string[] = []
    for (const condition of never) {
      const { body } = await stage().owner.caller.post('/api/v1/triggers', {
        name: 'Never',
        enabled: true,
        conditions: [condition],
        action: message,
      })
      made.push(body.id)
    }
    await withRule(
      { conditions: [{ on: 'scroll', percent: 90 }], action: { do: 'toast', text: 'A toast' } },
      async () => {
        const { page } = await enter(crowd)
        await agree(page)
        await page.evaluate(() => scrollTo(0, 5000))
        await expect(page.locator('earshot-trigger').getByText('A toast')).toBeVisible()
        await expect(shown(page)).toHaveCount(0)
      },
    )
    for (const id of made) await stage().owner.caller.send('DELETE', `/api/v1/triggers/${id}`)
  })

  test('that was declined keeps quiet; one that is accepted opens the chat; both are recorded with what they captured', async ({
    crowd,
  }) => {
    await withRule({ conditions: [{ on: 'event', name: 'priced', atLeast: 1 }], keep: ['price'] }, async (ruleId) => {
      const { page } = await enter(crowd)
      await agree(page)
      await earshot(page, 'track', 'priced', { price: 12, other: 1 })
      await page.locator('earshot-trigger').getByRole('button', { name: 'No thanks' }).click()
      await page.reload()
      await earshot(page, 'track', 'priced', { price: 13 })
      await expect(Widget.embedded(page).launcher).toBeVisible()
      const { page: other } = await enter(crowd)
      await agree(other)
      await earshot(other, 'track', 'priced', { price: 14 })
      await other.locator('earshot-trigger').getByRole('button', { name: 'Yes' }).click()
      await expect(Widget.embedded(other).field).toBeVisible()
      await expect(shown(page)).toHaveCount(0)
      const id = await chat(other, 'Yes please')
      await until(async () => (await visitOf(id)).triggers[0]?.outcome === 'accepted', 'the firing is told')
      expect((await visitOf(id)).triggers).toMatchObject([
        { name: 'A rule', action: 'message', ruleId, version: 1, data: { page: '/', price: 14 } },
      ])
      const rules = await stage().read<{ items: TriggerRule[] }>('/api/v1/triggers')
      expect(rules.items.find(({ id: one }) => one === ruleId)).toMatchObject({ firedRecently: 2, acceptedRecently: 1 })
    })
  })

  test('with a form captures what is typed', async ({ crowd }) => {
    const action = {
      do: 'form',
      title: 'Call me back',
      text: 'We call within the hour.',
      fields: [
        { key: 'phone', label: 'Phone', type: 'tel', required: true },
        { key: 'note', label: 'Note', type: 'textarea', required: false },
      ],
      button: 'Send it',
      thanks: 'We call soon.',
    }
    await withRule({ conditions: [{ on: 'event', name: 'stuck', atLeast: 1 }], action }, async () => {
      const { page } = await enter(crowd)
      await agree(page)
      await earshot(page, 'track', 'stuck')
      const dialog = page.locator('earshot-trigger dialog')
      await dialog.getByRole('button', { name: 'Send it' }).click()
      await expect(dialog.getByLabel('Phone')).toBeFocused()
      await dialog.getByLabel('Phone').fill('+358 40 555 0178')
      await dialog.getByRole('button', { name: 'Send it' }).click()
      await expect(dialog.getByText('We call soon.')).toBeVisible()
      await dialog.getByRole('button', { name: 'Close' }).click()
      const id = await chat(page, 'I left my number')
      await until(async () => (await visitOf(id)).triggers[0]?.outcome === 'submitted', 'the form is told')
      expect((await visitOf(id)).triggers[0]!.data).toEqual({ page: '/', fields: { phone: '+358 40 555 0178' } })
    })
  })

  test('redirects within the website, and to no other', async ({ crowd }) => {
    const { caller } = stage().owner
    const refused = await caller.post('/api/v1/triggers', {
      name: 'Away',
      conditions: [{ on: 'time', seconds: 0 }],
      action: { do: 'redirect', url: 'https://evil.example/' },
    })
    expect(refused.status).toBe(400)
    for (const url of ['javascript:alert(1)', '//evil.example', '/\\evil.example', 'data:text/html,x']) {
      const { status } = await caller.post('/api/v1/triggers', {
        name: 'Away',
        conditions: [{ on: 'time', seconds: 0 }],
        action: { do: 'redirect', url },
      })
      expect(status, url).toBe(400)
    }
    const rule = { conditions: [{ on: 'event', name: 'lost', atLeast: 1 }], action: { do: 'redirect', url: '/offers' } }
    await withRule(rule, async () => {
      const { page } = await enter(crowd)
      await agree(page)
      await earshot(page, 'track', 'lost')
      await expect(page).toHaveURL(`${shop.origin}/offers`)
    })
  })
})

/** Says something in a chat of its own, and answers the conversation that it began. */
async function chat(page: Page, text: string): Promise<string> {
  const widget = Widget.embedded(page)
  if (!(await widget.field.isVisible())) await widget.open()
  await widget.say(text)
  let id = ''
  await until(async () => {
    for (const one of await stage().conversations()) {
      if ((await stage().entries(one.id)).some((entry) => entry.text === text)) id = one.id
    }
    return id !== ''
  }, 'the conversation is there')
  return id
}

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
