/** Arabic beside English: each text runs in its own direction, and the whole dashboard can be turned around. */
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()
const NAME = 'ليلى حداد'
const QUESTION = 'أريد التحدث إلى شخص، رقم الطلب 4711-B من فضلك'

test('Arabic names and words run from the right, and do not disturb their neighbours', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage(), { name: NAME, locale: 'ar' })
  await expect(visitor.inside.locator('html')).toHaveAttribute('dir', 'rtl')
  await visitor.say(QUESTION)
  await expect(visitor.bubble(QUESTION)).toBeVisible()

  const operator = await crowd.operator(stage())
  const { page } = operator
  await operator.row(NAME).click()
  const bubble = operator.bubble(QUESTION)
  const direction = (element: Element) => getComputedStyle(element).direction
  expect(await bubble.evaluate(direction)).toBe('rtl')
  expect(await page.getByRole('heading', { level: 2, name: NAME }).evaluate(direction)).toBe('rtl')
  expect(await operator.row(NAME).locator('.nm').evaluate(direction)).toBe('rtl')
  expect(await operator.thread.evaluate(direction)).toBe('ltr')
  await operator.takeOver()
  await operator.reply.fill(QUESTION)
  expect(await operator.reply.evaluate(direction)).toBe('rtl')
  await operator.send('Hello Layla, this is English.')
  // What was stored takes the place of what was sent.
  await expect(operator.bubble('this is English')).toHaveCSS('direction', 'ltr')
  await expect(visitor.bubble('this is English')).toBeVisible()
  expect(await visitor.bubble('this is English').locator('p').evaluate(direction)).toBe('ltr')
})

test('turned around, the dashboard mirrors and nothing falls off its edge', async ({ crowd }) => {
  await stage().talk(NAME, QUESTION)
  const operator = await crowd.operator(stage())
  const { page } = operator
  await operator.list.getByRole('link').first().click()
  await expect(operator.thread.locator('.bub').first()).toBeVisible()
  const leftOf = async (locator: typeof operator.list) => (await locator.boundingBox())!.x
  expect(await leftOf(operator.list)).toBeLessThan(await leftOf(operator.panel))
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  expect(await leftOf(operator.list)).toBeGreaterThan(await leftOf(operator.panel))
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  for (const box of [operator.list, operator.thread, operator.panel, page.getByRole('banner')]) {
    const { x, width } = (await box.boundingBox())!
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(1440)
  }
})
