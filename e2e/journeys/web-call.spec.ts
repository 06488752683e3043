/** A visitor calls from the hosted page; the agent answers by voice, a person takes over from the inbox, and wraps the call up. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Call, Conversation } from '@earshot/contracts'
import type { Page } from '@playwright/test'
import { until } from '../../apps/server/src/test/until.ts'
import { expectAccessible } from '../harness/access.ts'
import { atTelephoneRate, likeness, speech, wavOf } from '../harness/speech.ts'
import { type Person, useStage } from '../harness/stage.ts'
import { expect, test } from '../harness/test.ts'

/** What stands before everybody's microphone. */
const MICROPHONE = join(mkdtempSync(join(tmpdir(), 'earshot-voice-')), 'microphone.wav')
const SPOKEN = speech(11, 0.9)
writeFileSync(MICROPHONE, wavOf(Float32Array.of(...speech(11, 0.9, 48_000), ...new Float32Array(19_200)), 48_000))

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

let dana: Person
const stage = useStage({
  env: { EARSHOT_HUB_PORT: '0' },
  furnish: async (stage) => {
    dana = await stage.hire('Dana Whitfield', 'operator')
    const { id } = await stage.channel('web')
    await stage.expect(stage.owner.caller.patch(`/api/v1/channels/${id}`, { widget: { voice: true } }))
  },
})

type Ears = { __heard: { rate: number; samples: number[] } }

/** Keeps what comes out of the page's loudspeaker. */
const tap = (page: Page) =>
  page.addInitScript(() => {
    const ears = window as unknown as Ears
    ears.__heard = { rate: 0, samples: [] }
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode, ...more: number[]) => AudioNode
    AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode, ...more: number[]) {
      if (this instanceof AudioWorkletNode && to instanceof AudioDestinationNode) {
        const ear = this.context.createScriptProcessor(4096, 1, 1)
        ears.__heard.rate = this.context.sampleRate
        ear.onaudioprocess = ({ inputBuffer }) => ears.__heard.samples.push(...inputBuffer.getChannelData(0))
        connect.call(this, ear)
        connect.call(ear, to)
      }
      return connect.call(this, to, ...more)
    } as typeof AudioNode.prototype.connect
  })

/** Counted and measured in the page: to bring every sample over would take more of the machine than the call. */
const seconds = (page: Page) =>
  page.evaluate(() => {
    const { rate, samples } = (window as unknown as Ears).__heard
    return rate === 0 ? 0 : samples.length / rate
  })
const loudest = (page: Page) =>
  page.evaluate(() => (window as unknown as Ears).__heard.samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0))

async function hearAnew(page: Page, wanted: number): Promise<Float32Array> {
  await page.evaluate(() => {
    ;(window as unknown as Ears).__heard.samples = []
  })
  await expect.poll(() => seconds(page), { timeout: 60_000, intervals: [1000] }).toBeGreaterThan(wanted)
  const { rate, samples } = await page.evaluate(() => (window as unknown as Ears).__heard)
  return atTelephoneRate(Float32Array.from(samples), rate)
}

const theCall = async () => {
  const [conversation] = await stage().conversations()
  return stage().read<Call>(`/api/v1/conversations/${conversation!.id}/call`)
}

test('a visitor calls, is answered by the agent’s voice, asks for a person, and the person wraps it up', async ({
  crowd,
}) => {
  const guest = await crowd.guest(stage())
  const { page } = guest
  await tap(page)
  await page.reload()

  // Consent comes before the microphone.
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const call = page.getByRole('region', { name: 'Call' })
  await expect(call).toContainText('You will speak with an AI')
  await expect(call).toContainText('recorded')
  await expectAccessible(page, 'consent to a call')
  await call.getByRole('button', { name: 'Call now' }).click()
  await expect(call.getByText('You are speaking with an AI')).toBeVisible()
  await expect(call.getByText('Recorded', { exact: true })).toBeVisible()

  // The agent speaks: its words are read, its sound is heard.
  await expect(call.locator('.captions')).toContainText('How can I help you?')
  await expect.poll(() => loudest(page), { timeout: 30_000 }).toBeGreaterThan(0.05)
  await expectAccessible(page, 'a call in the chat')

  // A page that is loaded again is in the same call.
  const before = (await theCall()).id
  await page.reload()
  await expect(call.getByText('You are speaking with an AI')).toBeVisible()
  expect((await theCall()).id).toBe(before)

  // Writing goes on beside the call, and asks for a person.
  await call.getByRole('button', { name: 'Type' }).click()
  await guest.say('I would like to speak to a person, please.')
  await until(async () => (await theCall()).state === 'queued', 'the caller waits for a person', 30_000)
  await page.getByRole('button', { name: 'Back to the call' }).click()
  await expect(call.getByText(/Waiting for a person/)).toBeVisible()

  // It is offered wherever she is; nothing opens before she accepts.
  await stage().expect(dana.caller.put('/api/v1/queue/presence', { state: 'available' }))
  const operator = await crowd.operator(stage(), { as: dana, at: '/insights' })
  const offer = operator.page.getByRole('alertdialog', { name: /^Call from/ })
  await expect(offer).toContainText('Your microphone opens when you accept')
  await expectAccessible(operator.page, 'an offered call')
  await offer.getByRole('button', { name: 'Accept' }).click()
  await expect(operator.toast(/You are speaking with/)).toBeVisible()
  await expect(call.getByText('You are speaking with a person')).toBeVisible()
  await expect(call.getByRole('heading')).toContainText('Dana Whitfield')
  // Both microphones are one file here: what came from both sides would be taken for an echo, and removed.
  await call.getByRole('button', { name: 'Mute' }).click()
  expect(likeness(await hearAnew(page, 4), SPOKEN, 0.5)).toBeGreaterThanOrEqual(0.8)

  const bar = operator.page.getByRole('region', { name: 'Call on this page' })
  await bar.getByRole('button', { name: 'End call' }).click()
  await expect(call.getByText('The call has ended')).toBeVisible()
  await call.getByRole('button', { name: 'Back to the chat' }).click()
  // It is over for the chat, too: it asks how it was, and then has the words.
  await page.getByRole('button', { name: 'Skip' }).click()
  await expect(guest.bubble('How can I help you?')).toBeVisible()

  // What is left to do stands beside the call.
  const wrapUp = operator.page.getByRole('complementary', { name: 'Wrap-up' })
  await wrapUp.getByRole('group', { name: 'Outcome' }).getByRole('button', { name: 'Completed' }).click()
  await wrapUp.getByRole('textbox', { name: 'Add a promise' }).fill('Call back on Thursday')
  await wrapUp.getByRole('button', { name: 'Add', exact: true }).click()
  await wrapUp.getByRole('textbox', { name: 'Note' }).fill('Was friendly.')
  await expectAccessible(operator.page, 'a wrap-up', '#main')
  await wrapUp.getByRole('button', { name: /^Save/ }).click()
  await expect(operator.toast(/You are available again/)).toBeVisible()
  await expect(wrapUp).toBeHidden()

  const [conversation] = await stage().conversations()
  expect(conversation).toMatchObject({ outcome: 'completed' } satisfies Partial<Conversation>)
  const entries = await stage().entries(conversation!.id)
  const note = entries.find(({ kind }) => kind === 'note')
  expect(note?.text).toBe('Was friendly.\nPromised: Call back on Thursday')
  expect(entries.some(({ text }) => text?.includes('How can I help you?'))).toBe(true)
  await until(async () => (await theCall()).recording.state === 'ready', 'the recording is kept', 60_000)
})
