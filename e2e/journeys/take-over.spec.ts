/** An operator takes over in the middle of an answer, replies, and hands back. */
import { PassThrough } from 'node:stream'
import type { ModelStandIn } from '../../apps/server/src/test/model-stand-in.ts'
import { textsEverSeen } from '../harness/ever-seen.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

let model: ModelStandIn
const stage = useStage({
  furnish: async (stage) => {
    model = await stage.connectModel()
  },
})
test.afterEach(() => expect(model.complaints).toEqual([]))

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC',
  'base64',
)

test('the rest of an answer that was interrupted never appears anywhere', async ({ crowd }) => {
  const words = new PassThrough({ objectMode: true })
  model.play({ paced: words })
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Jonas Berg' })
  const bystander = await crowd.operator(stage())
  await visitor.say('Can I get my money back?')
  await operator.row('Jonas Berg').click()
  await bystander.row('Jonas Berg').click()

  words.write('Of course, ')
  for (const { page } of [operator, bystander]) await expect(page.getByText('Of course,')).toBeVisible()
  await expect(visitor.bubble('Of course,')).toBeVisible()
  await operator.button(/^Take over/).click()
  // Nobody is asked twice: the words come on until the very click.
  words.write('but only if ')
  await expect(visitor.bubble('but only if')).toBeVisible()
  const asked = model.asked[0]!
  await operator
    .dialog(/^Take over/)
    .getByRole('button', { name: 'Take over' })
    .click()
  await expect(operator.reply).toBeVisible()
  words.write('FORBIDDEN words ')
  words.write('FORBIDDEN till the end.')
  // Not ended before: the provider's answer has to be broken off by us.
  await asked.aborted
  words.end()

  await expect(visitor.bubble('Of course')).toHaveCount(0)
  await expect(operator.bubble('Of course')).toHaveCount(0)
  await expect(bystander.bubble('Of course')).toHaveCount(0)
  await expect(visitor.inside.getByText('A person is answering')).toBeVisible()
  await operator.send('Olga here. Yes, within **30 days**.')
  await expect(visitor.bubble('within 30 days').locator('strong')).toHaveText('30 days')
  await expect(bystander.bubble('within 30 days')).toBeVisible()

  // The agent speaks again, and only then is it sure that nothing older was still on its way.
  model.play({ say: ['Gladly.'] })
  await operator.button('Hand back to Ada').click()
  await operator
    .dialog(/^Hand back/)
    .getByRole('button', { name: 'Hand back' })
    .click()
  await visitor.say('Thank you')
  for (const screen of [visitor, operator, bystander]) await expect(screen.bubble('Gladly.')).toBeVisible()

  for (const { page } of [operator, bystander, visitor]) {
    const seen = await textsEverSeen(page)
    expect(seen).toContain('but only if')
    expect(seen).not.toContain('FORBIDDEN')
  }
  const [conversation] = await stage().conversations()
  const entries = JSON.stringify(await stage().entries(conversation!.id))
  expect(entries).not.toContain('FORBIDDEN')
  expect(entries).not.toContain('Of course')
  for (const screen of [operator, visitor]) {
    await screen.page.reload()
  }
  await expect(operator.bubble('Gladly.')).toBeVisible()
  await visitor.open()
  await expect(visitor.bubble('Gladly.')).toBeVisible()
  await expect(visitor.bubble('Of course')).toHaveCount(0)
  await expect(operator.bubble('Of course')).toHaveCount(0)
})

test('a reply brings a picture; handing back with a note lets the agent answer what is open', async ({ crowd }) => {
  model.play({ say: ['Let me see.'] })
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Carla Ruiz' })
  await visitor.say('My kettle is dented')
  await operator.row('Carla Ruiz').click()
  await expect(operator.bubble('Let me see.')).toBeVisible()
  await operator.takeOver()

  const choosing = operator.page.waitForEvent('filechooser')
  await operator.button('Attach a file').click()
  await (await choosing).setFiles({ name: 'kettle.png', mimeType: 'image/png', buffer: PICTURE })
  await expect(operator.page.getByRole('list', { name: 'Files to send' }).getByText('kettle.png')).toBeVisible()
  await operator.send('Is it this one?')
  await expect(visitor.bubble('Is it this one?')).toBeVisible()
  const picture = visitor.log.getByRole('link', { name: /Download kettle\.png/ })
  await expect(picture).toBeVisible()
  await expect(operator.log.getByRole('link', { name: 'Download kettle.png' }).getByRole('img')).toBeVisible()
  const downloading = visitor.page.waitForEvent('download')
  await picture.click()
  expect((await downloading).suggestedFilename()).toBe('kettle.png')

  await visitor.say('Yes! Can you replace it?')
  await expect(operator.bubble('Can you replace it?')).toBeVisible()
  model.play({ say: ['A new kettle', ' is on its way.'] })
  await operator.button('Hand back to Ada').click()
  const dialog = operator.dialog(/^Hand back/)
  await dialog.getByLabel(/What should Ada know/).fill('I promised a replacement, order 4711.')
  await dialog.getByRole('button', { name: 'Hand back' }).click()
  await expect(visitor.bubble('A new kettle is on its way.')).toBeVisible()
  await expect(operator.log.getByText('I promised a replacement, order 4711.')).toBeVisible()
  await expect(operator.page.getByText('Ada is answering')).toBeVisible()
  expect(JSON.stringify(model.asked[0])).toContain('order 4711')
  await expect(visitor.inside.getByText('order 4711')).toHaveCount(0)
})
