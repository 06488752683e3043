/** The server dies and comes back, lines are cut, networks go: screens say so, lose nothing, and recover by themselves. */
import { Dashboard } from '../harness/dashboard.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()

test('kill -9 in the middle: both sides recover by themselves, and what was written meanwhile is sent once', async ({
  crowd,
}) => {
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('I want to talk to a human please')
  await operator.row('Jonas Berg').click()
  await operator.takeOver()
  await operator.send('One moment.')
  await expect(visitor.bubble('One moment.')).toBeVisible()
  await expect(operator.live).toHaveText('Live')

  await stage().product.kill()
  await expect(operator.live).toHaveText('Reconnecting')
  await visitor.say('Are you still there?')
  await expect(visitor.inside.getByText(/No connection/).first()).toBeAttached()
  await expect(visitor.log.getByText('Will send when you are back online')).toBeVisible()
  await operator.send('Here I am.')
  await expect(operator.bubble('Here I am.')).toBeVisible()
  await expect(operator.page.getByText('Will send when the connection is back')).toBeVisible()

  await stage().product.begin()
  await expect(operator.live).toHaveText('Live', { timeout: 30_000 })
  await expect(operator.log.locator('.bub').filter({ hasText: 'Are you still there?' })).toHaveCount(1, {
    timeout: 40_000,
  })
  await expect(visitor.bubble('Here I am.')).toHaveCount(1, { timeout: 40_000 })
  await expect(visitor.log.getByText('Will send when')).toHaveCount(0)
  await expect(operator.page.getByText('Will send when')).toHaveCount(0)
  await visitor.say('All fine now')
  await expect(operator.bubble('All fine now')).toBeVisible()

  const [conversation] = await stage().conversations()
  const said = (await stage().entries(conversation!.id))
    .filter(({ kind }) => kind === 'message')
    .map(({ text }) => text)
  for (const text of ['Are you still there?', 'Here I am.', 'All fine now']) {
    expect(said.filter((one) => one === text)).toEqual([text])
  }
  for (const screen of [operator, visitor]) await screen.page.reload()
  await visitor.open()
  for (const screen of [operator, visitor]) await expect(screen.bubble('Are you still there?')).toHaveCount(1)
})

test('the indicator says how live the screen is: live, reconnecting, polling when streams are cut', async ({
  crowd,
}) => {
  const operator = await crowd.operator(stage())
  await expect(operator.live).toHaveText('Live')
  const { page } = operator
  await stage().product.kill()
  await expect(operator.live).toHaveText('Reconnecting')
  await page.context().setOffline(true)
  await expect(operator.live).toHaveText('Offline', { timeout: 30_000 })
  await expect(page.getByText(/^Offline since/)).toBeVisible()
  await stage().product.begin()
  await page.context().setOffline(false)
  await expect(operator.live).toHaveText('Live', { timeout: 30_000 })

  // Something between browser and server cuts every stream, and lets the rest pass.
  await page.route(/\/api\/v1\/live(\?|$)/, (route) => route.abort('connectionreset'))
  await page.reload()
  await expect(operator.live).toHaveText('Polling', { timeout: 40_000 })
  const visitor = await crowd.visitor(stage(), { name: 'Carla Ruiz' })
  await visitor.say('hello there')
  await expect(operator.row('Carla Ruiz')).toBeVisible()
  await operator.row('Carla Ruiz').click()
  await expect(operator.bubble('I am Ada')).toBeVisible()
  await page.unroute(/\/api\/v1\/live(\?|$)/)
  await page.reload()
  await expect(operator.live).toHaveText('Live')
})

test('two tabs of one browser share one stream, and both are live', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  await expect(operator.live).toHaveText('Live')
  const streams: string[] = []
  operator.page.context().on('request', (request) => {
    if (/\/api\/v1\/live(\?|$)/.test(request.url())) streams.push(request.url())
  })
  const second = await operator.page.context().newPage()
  await second.goto(`${stage().url}/conversations`)
  const tab = new Dashboard(second)
  await expect(tab.live).toHaveText('Live')
  const visitor = await crowd.visitor(stage(), { name: 'Third Person' })
  await visitor.say('hello tabs')
  for (const screen of [operator, tab]) await expect(screen.row('Third Person')).toBeVisible()
  expect(streams).toEqual([])
  await operator.page.close()
  await visitor.say('How long does delivery take?')
  await expect(tab.live).toHaveText('Live')
  await expect(tab.row('Third Person')).toContainText('Shipping and delivery')
})
