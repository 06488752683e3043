/** Voice messages: recorded in the widget, heard by operators, one after another, by mouse and by keys. */
import type { Page } from '@playwright/test'
import { wav } from '../../apps/server/src/test/sounds.ts'
import { TestVisitor } from '../../apps/server/src/test/visitor.ts'
import { expectAccessible } from '../harness/access.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [
        ...(launchOptions.args ?? []),
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
      ],
    }),
})
const stage = useStage()

/** Somebody leaves these sounds, one a message; answers the conversation. */
async function leave(name: string, sounds: Buffer[]): Promise<string> {
  const { key } = await stage().channel('widget')
  const visitor = await TestVisitor.start(stage().url, key, { name }, { origin: stage().site.origin })
  let id = ''
  for (const [i, sound] of sounds.entries()) {
    const uploaded = await visitor.upload(`note ${i + 1}.wav`, sound)
    const said = await visitor.say(i === 0 ? 'Listen' : '', crypto.randomUUID(), { attachmentIds: [uploaded.body.id] })
    id = said.body.conversation.id
  }
  return id
}

const frameOf = (page: Page) => page.frames().find((one) => one.url().includes('/widget/frame/'))!
const player = (page: Page) => page.getByRole('region', { name: 'Voice messages' })
const slider = (page: Page) => player(page).getByRole('slider', { name: /^Seek/ })

test('nothing is loaded before it is played; then one follows the other, faster if wanted, and all are saved', async ({
  crowd,
}) => {
  const id = await leave('Jonas Berg', [wav(1.2), wav(1.5), wav(40)])
  const operator = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  const { page } = operator
  const bytes: string[] = []
  page.on('request', (request) => {
    if (/\/audio\/[0-9a-f-]{36}$/.test(request.url())) bytes.push(request.url())
  })
  await expect(player(page)).toContainText('1 of 3')
  await expect(player(page).locator('svg.contour')).toBeVisible()
  await expectAccessible(page, 'the player', '.sound')
  expect(bytes).toEqual([])

  await player(page).getByRole('button', { name: 'Play Jonas Berg' }).click()
  await expect(player(page)).toContainText('2 of 3')
  await expect(player(page)).toContainText('3 of 3')
  expect(new Set(bytes).size).toBe(3)

  const faster = player(page).getByRole('button', { name: /^Speed/ })
  await expect(faster).toHaveText('1.0×')
  await faster.click()
  await expect(faster).toHaveText('1.5×')
  expect(await page.evaluate(() => document.querySelectorAll('audio').length)).toBe(0) // it is no part of the page

  await player(page).getByRole('button', { name: 'Pause Jonas Berg' }).click()
  const at = async () => Number(await slider(page).getAttribute('aria-valuenow'))
  await slider(page).focus()
  await page.keyboard.press('Home')
  await expect.poll(at).toBe(0)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(at).toBe(10)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(at).toBe(5)
  await expect(slider(page)).toHaveAttribute('aria-valuetext', '0:05 of 0:40')
  await player(page).getByRole('button', { name: 'Forward 5 seconds' }).click()
  await expect.poll(at).toBe(10)
  const box = (await slider(page).boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await expect.poll(at).toBe(20)
  await slider(page).focus()
  await page.keyboard.press('Space')
  await expect.poll(at).toBeGreaterThan(20)
  await page.keyboard.press('Space')
  await expect(player(page).getByRole('button', { name: 'Play Jonas Berg' })).toBeVisible()

  await player(page).getByRole('button', { name: 'Download audio' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /^All/ }).click()
  expect((await saved).suggestedFilename()).toBe(`audio-${id.slice(0, 8)}.zip`)
})

test('a conversation in words says that it is text only', async ({ crowd }) => {
  const { key } = await stage().channel('widget')
  const visitor = await TestVisitor.start(stage().url, key, { name: 'Carla Ruiz' }, { origin: stage().site.origin })
  const { body } = await visitor.say('Only words')
  const { page } = await crowd.operator(stage(), { at: `/conversations/${body.conversation.id}/full` })
  await expect(page.locator('.player').getByText('Text only')).toBeVisible()
})

test('a visitor records a voice note, and an operator hears it and goes back and forth in it', async ({ crowd }) => {
  const operator = await crowd.operator(stage())
  const visitor = await crowd.visitor(stage(), { name: 'Mina Okafor' })
  const isLoaded = () =>
    frameOf(visitor.page).evaluate(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/VoiceNote-')),
    )
  const press = visitor.inside.getByRole('button', { name: 'Record a voice note' })
  await expect(press).toBeVisible()
  expect(await isLoaded()).toBe(false) // it is a file of its own, for those who use it
  await press.click()
  const recording = visitor.inside.getByRole('group', { name: /^Recording/ })
  await expect(recording).toContainText('0:03')
  expect(await isLoaded()).toBe(true)
  await recording.getByRole('button', { name: 'Send the voice note' }).click()
  await expect(visitor.log.locator('audio')).toBeVisible()
  await expect(visitor.log.locator('.soundfile')).toContainText(/0:0[3-9]/)

  await operator.row('Mina Okafor').click()
  const bubble = operator.thread.locator('.bub').first()
  await bubble.getByRole('button', { name: 'Play Mina Okafor' }).click()
  await expect(bubble.getByRole('button', { name: 'Pause Mina Okafor' })).toBeVisible()
  const seek = bubble.getByRole('slider')
  await expect.poll(async () => Number(await seek.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
  // The browser drew what this server cannot decode.
  await expect(bubble.locator('svg.contour')).toBeVisible()
  await seek.focus()
  await operator.page.keyboard.press('Home')
  await expect.poll(async () => Number(await seek.getAttribute('aria-valuenow'))).toBeLessThan(2)
  await expect(bubble.getByRole('button', { name: 'Play Mina Okafor' })).toBeVisible() // it ends by itself
})

test('a note may be thrown away, and where there is no microphone the words say what to do', async ({ crowd }) => {
  const visitor = await crowd.visitor(stage())
  // Its code may fail to come: that is said, and a further press tries again.
  await visitor.page.route('**/VoiceNote-*.js', (route) => route.abort(), { times: 1 })
  await visitor.inside.getByRole('button', { name: 'Record a voice note' }).click()
  await expect(visitor.inside.getByRole('alert')).toContainText('Something went wrong')
  await visitor.inside.getByRole('button', { name: 'Record a voice note' }).click()
  await expect(visitor.inside.getByRole('group', { name: /^Recording/ })).toBeVisible()
  await visitor.page.keyboard.press('Escape')
  await expect(visitor.field).toBeVisible()
  await expect(visitor.log.locator('audio')).toHaveCount(0)

  await frameOf(visitor.page).evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await visitor.inside.getByRole('button', { name: 'Record a voice note' }).click()
  await expect(visitor.inside.getByRole('alert')).toContainText('microphone is not allowed')
})
