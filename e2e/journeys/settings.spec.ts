/** What is set up in the dashboard is what visitors meet: articles, channels, agents, roles. */
import { ModelStandIn } from '../../apps/server/src/test/model-stand-in.ts'
import { type Person, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let viewer: Person
const stage = useStage({
  furnish: async (stage) => {
    viewer = await stage.hire('Vera Lind', 'viewer')
  },
})

test('an edited article is what the agent says from the next message on', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/knowledge' })
  const { page } = operator
  await page.getByRole('link', { name: /Opening hours and contact/ }).click()
  const text = page.getByRole('textbox', { name: 'Text' })
  await expect(text).toHaveValue(/9 am to 6 pm/)
  await text.fill('Our team answers every day from 7 am to 11 pm, on Sunday too.')
  await expect(page.getByText('Unsaved changes')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Published')).toBeVisible()
  const visitor = await crowd.guest(stage())
  await visitor.say('When are you open?')
  await expect(visitor.bubble('7 am to 11 pm')).toBeVisible()

  await page
    .getByRole('link', { name: 'Article', exact: true })
    .or(page.getByRole('button', { name: 'Article', exact: true }))
    .click()
  await page.getByRole('textbox', { name: 'Title' }).fill('Zeppelin rental')
  await text.fill('A zeppelin costs 900 a day.')
  await expect(operator.toast('Published')).toHaveCount(0)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(operator.toast('Published')).toBeVisible()
  await visitor.say('What does a zeppelin cost?')
  await expect(visitor.bubble('900 a day')).toBeVisible()
})

test('a channel’s greeting, colour and allowed pages reach the website', async ({ crowd }) => {
  const { id } = await stage().channel('widget')
  const operator = await crowd.operator(stage(), { at: `/settings/channels/${id}` })
  const { page } = operator
  await page.getByRole('textbox', { name: 'Greeting' }).fill('Ask us about kettles')
  await page.getByRole('textbox', { name: 'Colour code' }).fill('#0b6e4f')
  await page.getByRole('textbox', { name: 'Allowed pages' }).fill('not an address')
  await expect(page.getByText(/is not an address such as/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Allowed pages' }).fill(stage().site.origin)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Saved')).toBeVisible()
  const visitor = await crowd.visitor(stage())
  await expect(visitor.inside.getByRole('heading', { name: 'Ask us about kettles' })).toBeVisible()
  expect(await visitor.launcher.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe('rgb(11, 110, 79)')
})

test('a page that is not allowed cannot hold the chat', async ({ browser }) => {
  const { id } = await stage().channel('widget')
  await stage().owner.caller.patch(`/api/v1/channels/${id}`, { widget: { allowedOrigins: ['https://shop.example'] } })
  // Outside the watched crowd: the browser rightly reports the frame that it refuses.
  const page = await browser.newPage()
  await page.goto(stage().site.url)
  await page.locator('earshot-widget').getByRole('button').click()
  await expect
    .poll(() =>
      page
        .frames()
        .map((frame) => frame.url())
        .filter((url) => url.includes('/widget/frame/')),
    )
    .toEqual([])
  await page.close()
  await stage().owner.caller.patch(`/api/v1/channels/${id}`, { widget: { allowedOrigins: [] } })
})

test('an agent gets a model, a wrong one says what the provider said, and visitors hear it', async ({ crowd }) => {
  const model = await ModelStandIn.start()
  const operator = await crowd.operator(stage(), { at: '/agents' })
  const { page } = operator
  await page.getByRole('radio', { name: /OpenAI-compatible/ }).check()
  await page.getByRole('textbox', { name: 'Address' }).fill(model.url)
  await page.getByRole('textbox', { name: 'Model' }).fill('stand-in')
  await page.getByLabel('Key', { exact: true }).fill('sk-secret-4711')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Saved')).toBeVisible()
  await expect(page.getByText(/A key is stored/)).toBeVisible()
  await expect(page.getByText('sk-secret-4711')).toHaveCount(0)

  model.play({ status: 401, body: { error: { message: 'Incorrect API key provided', type: 'invalid_request_error' } } })
  await page.getByLabel('Say something as a contact').fill('Hello?')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText(/Incorrect API key provided/)).toBeVisible()
  model.play({ say: ['It works.'] })
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('It works.')).toBeVisible()
  const visitor = await crowd.guest(stage())
  await visitor.say('Do you hear me?')
  await expect(visitor.bubble('It works.')).toBeVisible()
  expect(model.complaints).toEqual([])
  await model.stop()
})

test('unsaved changes are not lost by a wrong click', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/settings/general' })
  const { page } = operator
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Hearth & Co')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Knowledge' }).click()
  const dialog = operator.dialog('Leave without saving?')
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Hearth & Co')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(operator.toast('Saved')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Workspace: Hearth & Co/ })).toBeVisible()
})

test('addresses that lead nowhere and roles that do not reach say so', async ({ crowd }) => {
  const operator = await crowd.operator(stage(), { at: '/no/such/place' })
  await expect(operator.page.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
  await operator.page.goto(`${stage().url}/agents/00000000-0000-4000-8000-000000000000`)
  await expect(operator.page.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
  await operator.page.goto(`${stage().url}/conversations/00000000-0000-4000-8000-000000000000`)
  await expect(operator.page.getByText('This conversation does not exist any more')).toBeVisible()

  const guest = await crowd.guest(stage())
  await guest.say('Hello, who reads this?')
  const reader = await crowd.operator(stage(), { as: viewer })
  await reader.list.getByRole('link').first().click()
  await expect(reader.page.getByText('You can read here')).toBeVisible()
  await expect(reader.button(/^Take over/)).toHaveCount(0)
  await reader.page.goto(`${stage().url}/settings/api-keys`)
  await expect(reader.page.getByRole('heading', { name: 'Your role does not open this' })).toBeVisible()
  await expect(reader.page.getByText('You are signed in as Viewer.')).toBeVisible()
})

test('a chat that was archived says so', async ({ crowd }) => {
  const { id, chatUrl } = await stage().channel('web')
  await stage().owner.caller.delete(`/api/v1/channels/${id}`)
  const page = await (await crowd.browser(stage())).newPage()
  await page.goto(chatUrl!)
  await expect(page.getByRole('heading', { name: 'There is no chat at this address' })).toBeVisible()
})
