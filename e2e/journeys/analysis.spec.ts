/** Settings → Analysis: a model is chosen, tested with the real error, words a review, and reviews what is past. */
import { ModelStandIn } from '../../apps/server/src/test/model-stand-in.ts'
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let model: ModelStandIn
const stage = useStage({
  furnish: async (stage) => {
    const items = Array.from({ length: 12 }, (_, i) => ({
      externalId: `past-${i}`,
      startedAt: '2026-01-10T10:00:00.000Z',
      status: 'closed',
      messages: [
        {
          externalId: `${i}-1`,
          author: 'contact',
          text: 'Hello, where is my order? I wait for it since Monday.',
          at: '2026-01-10T10:00:00.000Z',
        },
        { externalId: `${i}-2`, author: 'agent', text: 'It will arrive on Friday.', at: '2026-01-10T10:01:00.000Z' },
      ],
    }))
    const made = await stage.owner.caller.post('/api/v1/ingest/conversations', { items })
    if (made.status !== 200) throw new Error(`nothing was brought in: ${JSON.stringify(made.body)}`)
  },
})
test.beforeAll(async () => {
  model = await ModelStandIn.start()
})
test.afterAll(() => model.stop())

test('a model is chosen and tested, its spend is shown, and past conversations are reviewed', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/analysis' })
  const { page } = operator
  await page.getByRole('radio', { name: /With a language model/ }).check()
  await page.getByRole('textbox', { name: 'Address' }).fill(model.url)
  await page.getByRole('textbox', { name: 'Model' }).fill('stand-in')
  await page.getByLabel('Key', { exact: true }).fill('sk-secret-4711')
  await page.getByRole('textbox', { name: 'US dollars', exact: true }).fill('5')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast(/^Saved/)).toBeVisible()
  await expect(page.getByText('sk-secret-4711')).toHaveCount(0)

  model.play({ status: 401, body: { error: { message: 'Incorrect API key provided', type: 'invalid_request_error' } } })
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText(/Incorrect API key provided/)).toBeVisible()
  const did = { position: 2, quote: 'Delivery costs 9 euros', text: 'The agent says that delivery costs 9 euros.' }
  model.play({ say: [JSON.stringify({ did: [did] })], usage: { input: 700, output: 60 } })
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText(/It works: .*delivery costs 9 euros/)).toBeVisible()
  // What was brought in goes to the model too, meanwhile.
  await expect(page.getByRole('region', { name: 'Today' })).toContainText(/Tokens[1-9]/, { timeout: 20_000 })

  await page.getByRole('combobox', { name: 'Which ones' }).click()
  await page.getByRole('option', { name: 'All of them' }).click()
  await page.getByRole('button', { name: 'Look what that would be' }).click()
  await expect(page.getByText(/12 conversations, no cost/)).toBeVisible()
  await expectAccessible(page, 'Settings → Analysis')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByText('Done: 12 reviewed.')).toBeVisible({ timeout: 60_000 })
  if (process.env.SHOTS) await shoot(page, process.env.SHOTS)
  expect(model.complaints).toEqual([])
})

async function shoot(page: import('@playwright/test').Page, folder: string): Promise<void> {
  for (const [name, width, scheme] of [
    ['light', 1440, 'light'],
    ['dark', 1440, 'dark'],
    ['390', 390, 'light'],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: name === '390' ? 3000 : 1900 })
    await page.screenshot({ path: `${folder}/${name}.png` })
  }
}
