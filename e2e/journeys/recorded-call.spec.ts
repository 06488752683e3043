/** A call that is over is heard again: both voices, from any place, message by message, and taken out by those who may. */
import { readFileSync } from 'node:fs'
import type { AgentDocument, Call, CallRecording, Conversation } from '@earshot/contracts'
import { MULAW_TO_LINEAR } from '@earshot/voice/g711'
import type { Page } from '@playwright/test'
import { until } from '../../apps/server/src/test/until.ts'
import { TestVisitor } from '../../apps/server/src/test/visitor.ts'
import { expectAccessible } from '../harness/access.ts'
import { BOT_SAYS, CALLER_SAYS, PhoneCaller, VoiceBot } from '../harness/phone.ts'
import { likeness, RATE } from '../harness/speech.ts'
import { useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--autoplay-policy=no-user-gesture-required'] }),
})

let bot: VoiceBot
const stage = useStage({
  env: { EARSHOT_HUB_PORT: '0' },
  furnish: async (stage) => {
    bot = await VoiceBot.start()
    const { caller } = stage.owner
    const { id } = await stage.channel('widget')
    await stage.expect(caller.patch(`/api/v1/channels/${id}`, { widget: { voice: true } }))
    const agent = await stage.agent()
    const { config, version } = await stage.read<AgentDocument>(`/api/v1/agents/${agent.id}/config`)
    const voice = { by: 'media_streams', bot: { url: `${bot.url}/media`, controlUrl: `${bot.url}/control` } }
    await stage.expect(
      caller.put(`/api/v1/agents/${agent.id}/config`, { config: { ...config, voice }, baseVersion: version }),
    )
  },
})
test.afterAll(() => bot.stop())

/** The contact says something, is answered, and hangs up. */
async function callAndHangUp(name: string): Promise<string> {
  const { key } = await stage().channel('widget')
  const visitor = await TestVisitor.start(stage().url, key, { name }, { origin: stage().site.origin })
  const { caller, conversationId } = await PhoneCaller.call(visitor)
  const path = `/api/v1/conversations/${conversationId}/call`
  await until(async () => (await stage().read<Call>(path)).state === 'ai', 'the agent answers')
  await until(async () => likeness(caller.sound, BOT_SAYS) > 0.9, 'the bot has answered')
  caller.hangUp()
  await until(
    async () => (await stage().read<CallRecording>(`${path}/recording`)).state === 'ready',
    'the recording is ready',
  )
  return conversationId
}

/** One side of a WAV of two channels of μ-law. */
function sideOf(wav: Buffer, channel: 0 | 1): Float32Array {
  const data = wav.subarray(58).filter((_, i) => i % 2 === channel)
  return Float32Array.from(data, (byte) => MULAW_TO_LINEAR[byte]! / 32768)
}

const player = (page: Page) => page.getByRole('region', { name: 'Recording of the call' })
const slider = (page: Page) => player(page).getByRole('slider')

test('heard from any place and message by message, seen in two voices, taken out with both sides apart', async ({
  crowd,
}) => {
  const id = await callAndHangUp('Jonas Berg')
  const operator = await crowd.operator(stage(), { at: `/conversations/${id}/full` })
  const { page } = operator
  const loaded: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/call/recording/audio')) loaded.push(request.url())
  })
  await expect(player(page).locator('svg.contour path.c').first()).toBeVisible()
  await expect(player(page).locator('svg.contour path.a').first()).toBeVisible()
  await expectAccessible(page, 'a recorded call', '.recorded')
  expect(loaded).toEqual([]) // nothing is loaded before it is played

  const at = async () => Number(await slider(page).getAttribute('aria-valuenow'))
  await player(page).getByRole('button', { name: '2×' }).click()
  await player(page).getByRole('button', { name: 'Play the call' }).click()
  await expect.poll(at).toBeGreaterThanOrEqual(2)
  await player(page).getByRole('button', { name: 'Pause the call' }).click()
  await slider(page).focus()
  await page.keyboard.press('End')
  await expect.poll(at).toBeGreaterThanOrEqual(3)
  await page.keyboard.press('Home')
  await expect.poll(at).toBe(0)
  const box = (await slider(page).boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await expect.poll(at).toBeGreaterThanOrEqual(1)

  // A message plays from where it was said, stands out, and is the last when they do not follow each other.
  await player(page).getByRole('switch', { name: 'Play messages one after another' }).click()
  await page.getByRole('tab', { name: /^Transcription/ }).click()
  const message = page.locator('.bub', { hasText: 'Let me look that up.' })
  await message.getByRole('button', { name: 'Play from 0:00' }).click()
  await expect(page.locator('.bub.playing')).toHaveCount(1)
  await expect(message.getByRole('button', { name: 'Play from 0:00' })).toBeVisible()
  expect(await at()).toBeLessThanOrEqual(1)

  await player(page).getByRole('button', { name: 'Download audio' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /^Original/ }).click()
  const wav = readFileSync(await (await saved).path())
  expect(likeness(sideOf(wav, 0), CALLER_SAYS)).toBeGreaterThanOrEqual(0.95)
  expect(likeness(sideOf(wav, 1), BOT_SAYS)).toBeGreaterThanOrEqual(0.95)
  expect(likeness(sideOf(wav, 1), CALLER_SAYS, 0.8)).toBeLessThanOrEqual(0.35)
  expect(sideOf(wav, 0).length).toBeGreaterThan(2 * RATE)

  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(page.getByText('the contact hung up')).toBeVisible()
  // Reviewed when it ended, and not ten minutes later.
  await until(
    async () => (await stage().read<Conversation>(`/api/v1/conversations/${id}`)).reviewedAt !== null,
    'reviewed',
  )
})
