/** Two people and a caller on a real hub: listen, coach, speak, be refused, give back, lose a tab, end. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentDocument, Call } from '@earshot/contracts'
import type { BrowserContext, Page } from '@playwright/test'
import { until } from '../../apps/server/src/test/until.ts'
import { TestVisitor } from '../../apps/server/src/test/visitor.ts'
import { expectAccessible } from '../harness/access.ts'
import { BOT_SAYS, CALLER_SAYS, PhoneCaller, VoiceBot } from '../harness/phone.ts'
import { atTelephoneRate, likeness, RATE, speech, wavOf } from '../harness/speech.ts'
import { type Person, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

/** What stands before the microphone of everybody. */
const MICROPHONE = join(mkdtempSync(join(tmpdir(), 'earshot-voice-')), 'microphone.wav')
const SPOKEN = speech(7, 0.9)
writeFileSync(MICROPHONE, wavOf(Float32Array.of(...speech(7, 0.9, 48_000), ...new Float32Array(19_200)), 48_000))

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [
        ...(launchOptions.args ?? []),
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${MICROPHONE}`,
        '--autoplay-policy=no-user-gesture-required',
      ],
    }),
})

let bot: VoiceBot
let dana: Person
const stage = useStage({
  env: { EARSHOT_HUB_PORT: '0' },
  furnish: async (stage) => {
    bot = await VoiceBot.start()
    dana = await stage.hire('Dana Whitfield', 'supervisor')
    const { caller } = stage.owner
    const { id } = await stage.channel('widget')
    await stage.expect(caller.patch(`/api/v1/channels/${id}`, { widget: { voice: true } }))
    const agent = await stage.agent()
    const { config, version } = await stage.read<AgentDocument>(`/api/v1/agents/${agent.id}/config`)
    const voice = { by: 'media_streams', bot: { url: `${bot.url}/media`, controlUrl: `${bot.url}/control` } }
    const body = { config: { ...config, voice }, baseVersion: version }
    await stage.expect(caller.put(`/api/v1/agents/${agent.id}/config`, body))
  },
})
test.afterAll(() => bot.stop())

async function ring(name: string) {
  const { key } = await stage().channel('widget')
  const visitor = await TestVisitor.start(stage().url, key, { name }, { origin: stage().site.origin })
  const rung = await PhoneCaller.call(visitor)
  const call = () => stage().read<Call>(`/api/v1/conversations/${rung.conversationId}/call`)
  await until(async () => (await call()).state === 'ai', 'the agent answers')
  return { ...rung, call }
}

type Ears = { __heard: { rate: number; samples: number[] }; __asked: number }

/** Keeps what comes out of the page's loudspeaker, and counts how often a microphone was asked for. */
async function listenToPage(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const page = window as unknown as Ears
    page.__heard = { rate: 0, samples: [] }
    page.__asked = 0
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode, ...more: number[]) => AudioNode
    AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode, ...more: number[]) {
      if (this instanceof AudioWorkletNode && to instanceof AudioDestinationNode) {
        const tap = this.context.createScriptProcessor(16_384, 1, 1)
        page.__heard.rate = this.context.sampleRate
        tap.onaudioprocess = ({ inputBuffer }) => page.__heard.samples.push(...inputBuffer.getChannelData(0))
        connect.call(this, tap)
        connect.call(tap, to)
      }
      return connect.call(this, to, ...more)
    } as typeof AudioNode.prototype.connect
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = (wanted) => {
      page.__asked++
      return ask(wanted)
    }
  })
}

/** How much of a sound the page has played; its samples stand anywhere between those of the sound. */
async function playedBy(page: Page, said: Float32Array): Promise<number> {
  const { rate, samples } = await page.evaluate(() => {
    const { rate, samples } = (window as unknown as Ears).__heard
    return { rate, samples: samples.slice(-10 * rate) }
  })
  if (samples.length < 2 * rate || rate === 0) return 0
  const phases = [0, 0.25, 0.5, 0.75].map((late) => atTelephoneRate(Float32Array.from(samples), rate, late))
  return likeness(phases, said)
}

/** So many seconds of what the caller hears from now on. */
async function hearAsCaller(caller: PhoneCaller, seconds: number): Promise<Float32Array> {
  caller.listenAnew()
  await until(async () => caller.heard.length >= seconds * RATE, 'the caller hears', 30_000)
  return caller.sound
}

test('listen without a microphone, coach, speak, and give back; the second one is refused by name', async ({
  crowd,
}) => {
  const { caller, conversationId, call } = await ring('Jonas Berg')
  const supervisor = await crowd.operator(stage(), { as: dana })
  const other = await crowd.operator(stage(), { at: `/calls/${conversationId}` })
  const { page } = supervisor
  await listenToPage(page.context())
  await page.goto(`${stage().url}/calls`)

  // What was said stands there with its time, what is being said in gray.
  const transcript = page.getByRole('log', { name: 'Live transcript' })
  await expect(transcript).toContainText('Let me look that up.')
  await expect(page.locator('.tl.now')).toContainText('It is the third time')
  await expect(page.getByRole('link', { name: /Live now: \d+ chats?, 1 call/ })).toBeVisible()
  await page.keyboard.press('l')
  await expect(page.getByText('You are listening, muted')).toBeVisible()
  for (const said of [CALLER_SAYS, BOT_SAYS])
    await expect.poll(() => playedBy(page, said), { timeout: 30_000, intervals: [500] }).toBeGreaterThanOrEqual(0.95)
  expect(await page.evaluate(() => (window as unknown as Ears).__asked)).toBe(0)
  // Each sees that the other is there.
  await expect(other.page.getByRole('complementary', { name: 'Call intelligence' })).toContainText('Dana Whitfield')

  await page.keyboard.press('Shift+C')
  await page.getByRole('textbox', { name: 'Coaching note' }).fill('Offer Thursday')
  await page.keyboard.press('Enter')
  await expect(page.locator('.callcoach')).toContainText(/Coaching from you, 0:\d\d\. Ada applied it at 0:\d\d/)
  expect(bot.told).toEqual(['Offer Thursday'])
  await expectAccessible(page, 'a live call', '#main')

  // Both have the question open; one is faster.
  await other.button(/^Take over/).click()
  await expect(other.dialog('Speak to this contact?')).toContainText(/Microphone/)
  await page.keyboard.press('r')
  await expect(supervisor.dialog('Speak to this contact?')).toContainText(/Microphone/)
  await supervisor.dialog('Speak to this contact?').getByRole('button', { name: 'Take over' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'You are speaking' })).toBeVisible()
  await other.dialog('Speak to this contact?').getByRole('button', { name: 'Take over' }).click()
  await expect(other.toast('Dana Whitfield has this call now')).toBeVisible()
  const spoken = await hearAsCaller(caller, 2.4)
  expect(likeness(spoken, SPOKEN, 0.5)).toBeGreaterThanOrEqual(0.8)
  expect(likeness(spoken, BOT_SAYS, 0.8)).toBeLessThanOrEqual(0.35)

  // Walking through the app is no end of a call.
  await page.getByRole('link', { name: 'Insights' }).click()
  const bar = page.getByRole('region', { name: 'Call on this page' })
  await expect(bar).toContainText('On air')
  await bar.getByRole('link').click()
  await page.keyboard.press('r')
  const back = supervisor.dialog('Hand back to Ada?')
  await back.getByRole('textbox').fill('She wants Thursday')
  await back.getByRole('button', { name: 'Hand back' }).click()
  await expect(page.getByText('You are listening, muted')).toBeVisible()
  expect((await call()).state).toBe('ai')
  expect(likeness(await hearAsCaller(caller, 2.4), BOT_SAYS)).toBeGreaterThanOrEqual(0.9)
  caller.hangUp()
  await expect(page.getByText('The contact hung up, after')).toBeVisible()
})

test('a tab that crashes gives the floor back; ending is asked once and told', async ({ crowd }) => {
  const { caller, conversationId, call } = await ring('Carla Ruiz')
  const supervisor = await crowd.operator(stage(), { as: dana, at: `/calls/${conversationId}` })
  const other = await crowd.operator(stage(), { at: `/calls/${conversationId}` })
  await supervisor.button(/^Take over/).click()
  await supervisor.dialog('Speak to this contact?').getByRole('button', { name: 'Take over' }).click()
  await expect(supervisor.page.getByRole('status').filter({ hasText: 'You are speaking' })).toBeVisible()
  await expect(other.page.getByText('Dana Whitfield is speaking')).toBeVisible()

  const session = await supervisor.page.context().newCDPSession(supervisor.page)
  void session.send('Page.crash').catch(() => {})
  await until(async () => (await call()).state === 'ai', 'the floor goes back')
  expect(likeness(await hearAsCaller(caller, 2.4), BOT_SAYS)).toBeGreaterThanOrEqual(0.9)
  await expect(other.button(/^Take over/)).toBeVisible()

  await other.page.keyboard.press('e')
  await other.dialog('End the call for everyone?').getByRole('button', { name: 'End call' }).click()
  await expect(other.page.getByText('A supervisor ended it, after')).toBeVisible()
  await until(async () => caller.ended !== null, 'the caller is told')
})
