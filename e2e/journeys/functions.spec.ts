/** Functions and memory fields: described, tried and saved in the editor; then called and filled while a contact talks. */
import { AddressStandIn } from '../../apps/server/src/test/address-stand-in.ts'
import { McpStandIn } from '../../apps/server/src/test/mcp-stand-in.ts'
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

const stage = useStage()
const SCHEMA = { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] }

test('a function is written, run by hand with its secret, saved, and called while the memory card fills', async ({
  crowd,
}) => {
  const orders = await AddressStandIn.start()
  orders.reply = ({ headers }) => ({ body: { state: 'shipped', key: headers.authorization } })
  const model = await stage().connectModel()
  const agent = await stage().agent()
  const { page } = await crowd.operator(stage(), { at: `/agents/${agent.id}` })

  const secrets = page.getByRole('region', { name: 'Functions' })
  await secrets.getByRole('textbox', { name: 'Name', exact: true }).fill('orders_token')
  await secrets.getByLabel('Value', { exact: true }).fill('tok-9d1e77aa')
  await secrets.getByRole('textbox', { name: 'Host' }).fill(orders.host)
  await secrets.getByRole('button', { name: 'Store secret' }).click()
  await expect(secrets.getByText(`for ${orders.host}`)).toBeVisible()

  await page.getByRole('button', { name: 'Add function' }).click()
  const card = secrets.locator('.item').last()
  await card.getByRole('textbox', { name: 'Name', exact: true }).fill('look_up_order')
  await card.getByRole('textbox', { name: 'Address' }).fill(`${orders.url}/orders/{order_id}`)
  await card.getByRole('textbox', { name: 'Parameters' }).fill(JSON.stringify(SCHEMA))
  await card.getByRole('button', { name: 'Add header' }).click()
  await card.getByRole('textbox', { name: 'Header' }).fill('Authorization')
  await card.getByRole('textbox', { name: 'Text' }).fill('Bearer ')
  await card.getByRole('combobox', { name: 'then the secret' }).click()
  await page.getByRole('option', { name: 'orders_token' }).click()

  await card.getByRole('textbox', { name: 'order_id *' }).fill('A 1')
  await card.getByRole('button', { name: 'Run' }).click()
  await expect(card.getByText('HTTP 200')).toBeVisible()
  await expect(card.getByText(`GET ${orders.url}/orders/A%201`)).toBeVisible()
  await expect(card.getByText('"shipped"')).toBeVisible()
  expect(orders.asked.at(-1)!.headers.authorization).toBe('Bearer tok-9d1e77aa')
  await expect(page.getByText('9d1e77aa')).toHaveCount(0)

  await page.getByRole('button', { name: 'Add field' }).click()
  const field = page.getByRole('region', { name: 'Memory' }).locator('.item').last()
  await field.getByRole('textbox', { name: 'Name', exact: true }).fill('Survey')
  await field.getByRole('textbox', { name: 'Form' }).fill('HP-9999')
  await expect(field.getByRole('textbox', { name: 'Key' })).toHaveValue('survey')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Unsaved')).toHaveCount(0)

  model.play({ call: [{ name: 'look_up_order', arguments: '{"order_id":"A1"}' }] }, { say: ['It was shipped.'] })
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  await visitor.say('Where is order A1? My survey is HP-2042')
  await expect(visitor.bubble('It was shipped.')).toBeVisible()
  await operator.row('Jonas Berg').click()
  await expect(operator.log.getByText('look_up_order')).toBeVisible()
  await expect(operator.panel.getByText('HP-2042')).toBeVisible()
  await orders.stop()
})

test('tools of an MCP server are read, chosen, run by hand, and seen to have changed', async ({ crowd }) => {
  const desk = await McpStandIn.start()
  const offer = (description: string) => {
    desk.tools = (server) =>
      server.registerTool('where-is', { description, annotations: { readOnlyHint: true } }, () => ({
        content: [{ type: 'text', text: 'on the truck' }],
      }))
  }
  offer('Where an order is')
  const agent = await stage().agent()
  const { page } = await crowd.operator(stage(), { at: `/agents/${agent.id}` })
  const functions = page.getByRole('region', { name: 'Functions' })

  await functions.getByRole('button', { name: 'Add MCP server' }).click()
  const card = functions.locator('.item').last()
  await card.getByRole('textbox', { name: 'Name', exact: true }).fill('desk')
  await card.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/mcp')
  await card.getByRole('button', { name: 'Test and read its tools' }).click()
  await expect(card.getByText('It did not work: The address refused the connection.')).toBeVisible()
  await card.getByRole('textbox', { name: 'Address' }).fill(`${desk.url}/mcp`)
  await card.getByRole('button', { name: 'Test and read its tools' }).click()
  await expect(card.getByText('Order desk 3.1.4 answered')).toBeVisible()
  await card.getByRole('checkbox', { name: 'where-is' }).check()
  await card.getByRole('button', { name: 'Settings of where-is' }).click()
  await card.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(card.getByText('on the truck')).toBeVisible()
  await expectAccessible(page, 'tools of a server', '#functions')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Unsaved')).toHaveCount(0)

  offer('Now something else')
  await page.reload()
  await functions.getByRole('button', { name: /^desk/ }).click()
  await expect(functions.getByText('Changed since you chose it')).toBeVisible()
  await functions.getByRole('button', { name: 'Settings of where-is' }).click()
  await functions.getByRole('button', { name: 'Take over the change' }).click()
  await expect(functions.getByText('Changed since you chose it')).toHaveCount(0)
  await expect(functions.getByLabel('What it does')).toHaveValue('Now something else')
  await desk.stop()
})
