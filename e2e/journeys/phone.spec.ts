/** On a phone, 390 pixels wide: list, thread, details, a reply; and the widget, which fills the screen. */
import type { Page } from '@playwright/test'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

test('list → thread → details and back, and a reply', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg', ...PHONE })
  await visitor.say('I want to talk to a human please')
  await expect(visitor.log.getByText(/passing you on/)).toBeVisible()
  const operator = await crowd.operator(stage(), PHONE)
  const { page } = operator
  await expect(operator.list).toBeVisible()
  await expect(operator.thread).toBeHidden()
  await operator.row('Jonas Berg').tap()
  await expect(operator.bubble('I want to talk to a human')).toBeVisible()
  await expect(operator.list).toBeHidden()
  await operator.button(/^Take over/).tap()
  await operator
    .dialog(/^Take over/)
    .getByRole('button', { name: 'Take over' })
    .tap()
  await operator.reply.fill('Hello from my phone')
  await operator.button('Send').tap()
  await expect(visitor.bubble('Hello from my phone')).toBeVisible()

  await operator.button('Contact details').tap()
  await expect(operator.panel.getByRole('heading', { name: 'Jonas Berg' })).toBeVisible()
  await operator.button('Close details').tap()
  await expect(operator.bubble('Hello from my phone')).toBeVisible()
  await operator.button('Back to the list').tap()
  await expect(operator.row('Jonas Berg')).toContainText('Hello from my phone')
  await page.goBack()
  await expect(operator.bubble('Hello from my phone')).toBeVisible()
  await noSideways(page)
})

test('no screen of the dashboard scrolls sideways', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), PHONE)
  for (const at of [
    '/conversations',
    '/knowledge',
    '/agents',
    '/settings/general',
    '/settings/channels',
    '/settings/profile',
    '/welcome',
  ]) {
    await operator.page.goto(stage().url + at)
    await operator.page.getByRole('navigation', { name: 'Main' }).last().waitFor()
    await expect(operator.page.getByRole('heading').first()).toBeVisible()
    await noSideways(operator.page)
  }
})

test('the widget fills a small screen, holds the focus, and works at 320 pixels', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage(), { viewport: { width: 320, height: 640 } })
  const panel = visitor.page.getByRole('dialog', { name: 'Chat' })
  await expect(panel).toHaveAttribute('aria-modal', 'true')
  expect(await panel.boundingBox()).toMatchObject({ x: 0, y: 0, width: 320, height: 640 })
  await visitor.say('How long does delivery take?')
  await expect(visitor.bubble('3 to 5 working days')).toBeVisible()
  expect(await visitor.inside.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320)
  await visitor.inside.getByRole('button', { name: 'Minimise' }).click()
  await expect(panel).toBeHidden()
})

async function noSideways(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    page.url(),
  ).toBeLessThanOrEqual(0)
}
