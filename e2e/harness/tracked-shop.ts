/** A shop on another origin whose pages carry a tracking widget: what journeys about visits and rules share. */
import type { ConversationVisit } from '@earshot/contracts'
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { until } from '../../apps/server/src/test/until.ts'
import type { ForeignPage } from './foreign-page.ts'
import { serveShop } from './shop.ts'
import { useStage } from './stage.ts'
import { type Crowd, expect, test } from './test.ts'
import { Widget } from './widget.ts'

/** Numbers the requests of a browser that tell something of its visitor. */
export function listen(context: BrowserContext): { bodies: string[]; all: string[] } {
  const heard: { bodies: string[]; all: string[] } = { bodies: [], all: [] }
  context.on('request', (request) => {
    if (/\/widget\/(v1\/(track|triggers)|assets\/tracker)/.test(request.url())) heard.all.push(request.url())
    if (request.url().endsWith('/track')) heard.bodies.push(request.postData() ?? '')
  })
  return heard
}

export const earshot = (page: Page, ...command: unknown[]) =>
  page.evaluate((given) => (window as unknown as { Earshot(...all: unknown[]): void }).Earshot(...given), command)

/** The visitor agrees, and the server has heard of it. */
export async function agree(page: Page): Promise<void> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/widget/v1/track')),
    earshot(page, 'consent', 'grant'),
  ])
  expect(answer.status()).toBe(200)
}

/** For one file of journeys: a stage whose widget stands in a shop. */
export function useTrackedShop() {
  let shop: ForeignPage
  const stage = useStage({
    furnish: async (opened) => {
      const channel = await opened.channel('widget')
      await opened.expect(opened.owner.caller.patch(`/api/v1/channels/${channel.id}`, { widget: { tracking: true } }))
      shop = await serveShop(channel.snippet!)
    },
  })
  test.afterAll(() => shop?.stop())

  async function enter(crowd: Crowd, path = '', options: BrowserContextOptions = {}) {
    const context = await crowd.browser({ url: stage().url, site: shop }, options)
    const heard = listen(context)
    const page = await context.newPage()
    await page.goto(shop.url + path)
    await expect(Widget.embedded(page).launcher).toBeVisible()
    return { context, page, heard }
  }
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
  const visitOf = (id: string) => stage().read<ConversationVisit>(`/api/v1/conversations/${id}/visit`)
  return { stage, shop: () => shop, enter, visitOf, chat }
}
