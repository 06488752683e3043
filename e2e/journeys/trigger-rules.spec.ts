/** Rules on the pages of a shop of another origin: each condition, each action, what they capture and refuse. */
import type { TriggerRule } from '@earshot/contracts'
import type { Page } from '@playwright/test'
import { until } from '../../apps/server/src/test/until.ts'
import { expect, test } from '../harness/test.ts'
import { agree, earshot, useTrackedShop } from '../harness/tracked-shop.ts'
import { Widget } from '../harness/widget.ts'

const { stage, shop, enter, visitOf, chat } = useTrackedShop()

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
      await expect(page).toHaveURL(`${shop().origin}/offers`)
    })
  })
})
