/** Providers over their own protocols, and the offline voice in its own process. */
import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { levelOf } from '@earshot/voice'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outboundFetch } from '../../platform/outbound-http.ts'
import { outboundSocket } from '../../platform/outbound-socket.ts'
import { type SpeechStandIns, startSpeechStandIns } from '../../test/speech-stand-ins.ts'
import { until } from '../../test/until.ts'
import { Clips, collect } from './clips.ts'
import { DeepgramStt, DeepgramTts } from './deepgram.ts'
import { Espeak, runProgram } from './espeak.ts'
import { OpenAiStt, OpenAiTts } from './openai-audio.ts'
import { type SpeakOptions, SpeechFailed } from './speech.ts'

let providers: SpeechStandIns
const espeak = new Espeak(async () => 'package')
const outbound = { allowed: ['127.0.0.0/8'] }
const doors = { fetch: outboundFetch(outbound), socket: outboundSocket(outbound) }
beforeAll(async () => {
  providers = await startSpeechStandIns()
})
afterAll(async () => {
  espeak.stop()
  await providers.stop()
})

const options = (more: Partial<SpeakOptions> = {}): SpeakOptions => ({
  voice: null,
  language: 'en',
  speed: 1,
  signal: AbortSignal.timeout(20_000),
  ...more,
})
const partsOf = (key = providers.key) => ({ baseUrl: providers.url, key, model: 'a-model', ...doors })
const failure = (work: Promise<unknown>): Promise<SpeechFailed> =>
  work.then(
    () => Promise.reject(new Error('nothing failed')),
    (error) => error,
  )

test('Deepgram hears partial and final words, and is kept awake while nobody sends sound', async () => {
  providers.script.push('hello there my friend')
  const heard: string[] = []
  const stt = new DeepgramStt(partsOf())
  const stream = stt.open(
    { endpointMs: 300 },
    {
      partial: ({ text }) => heard.push(`partial ${text}`),
      final: ({ text, startMs, endMs }) => heard.push(`final ${text} ${endMs > startMs}`),
    },
  )
  for (let i = 0; i < 20; i++) stream.write(new Uint8Array(160).fill(0x95))
  for (let i = 0; i < 20; i++) stream.write(new Uint8Array(160).fill(0xff))
  await until(() => heard.some((one) => one.startsWith('final')), 'the words came')
  expect(heard).toEqual(['partial hello there', 'partial hello there my friend', 'final hello there my friend true'])
  stream.finalize()
  stream.close()
  await until(() => providers.controls.includes('CloseStream'), 'it was closed in order')
  expect(providers.controls.filter((one) => one !== 'KeepAlive')).toEqual(['Finalize', 'CloseStream'])
})

test('a wrong key is told as that, and the key is not in it', async () => {
  const wrong = partsOf('sk-something-else')
  const failed = await Promise.all([
    failure(collect(new DeepgramTts(wrong), 'Hello.', options())),
    failure(collect(new OpenAiTts(wrong), 'Hello.', options())),
    new Promise<SpeechFailed>((resolve) => new DeepgramStt(wrong).open({ endpointMs: 300 }, { error: resolve })),
  ])
  for (const error of failed) {
    expect(error).toBeInstanceOf(SpeechFailed)
    expect(error.trouble).toBe('settings')
    expect(error.message).toContain('does not accept the key')
    expect(error.message).not.toContain('sk-')
  }
  const shut = { ...partsOf(), fetch: outboundFetch({ allowed: [] }), socket: outboundSocket({ allowed: [] }) }
  expect((await failure(collect(new OpenAiTts(shut), 'Hello.', options()))).message).toContain('may not be called')
})

test('OpenAI’s sound comes as telephone sound of the same length, and turns are written down', async () => {
  const text = 'Twenty letters long.'
  const sound = await collect(new OpenAiTts(partsOf()), text, options())
  expect(sound.length / 8).toBeCloseTo(text.length * 10, 0)
  expect(levelOf(sound)).toBeGreaterThan(0.1)
  expect((await collect(new DeepgramTts(partsOf()), text, options())).length).toBe(8000)
  providers.script.push('a whole turn')
  const heard = await new Promise<string>((resolve, reject) => {
    const stream = new OpenAiStt(partsOf()).open(
      { endpointMs: 300 },
      { final: ({ text }) => resolve(text), error: reject },
    )
    stream.write(new Uint8Array(1600).fill(0x95))
    stream.finalize()
  })
  expect(heard).toBe('a whole turn')
})

test('the offline voice speaks, differs by timbre, goes on after its process died, and stops when told', async () => {
  const text = 'Your order is on its way.'
  const [low, high] = [
    await collect(espeak, text, options({ voice: 'm1' })),
    await collect(espeak, text, options({ voice: 'f4' })),
  ]
  expect(low.length).toBeGreaterThan(6000)
  expect(levelOf(low)).toBeGreaterThan(0.02)
  expect(Buffer.compare(Buffer.from(low), Buffer.from(high))).not.toBe(0)
  const { pid } = espeak.worker
  process.kill(pid!, 'SIGKILL')
  await until(() => espeak.worker.pid !== pid, 'its end was noticed')
  expect((await collect(espeak, text, options({ voice: 'm1' }))).length).toBe(low.length)
  const abort = new AbortController()
  const speaking = collect(espeak, text.repeat(20), options({ signal: abort.signal }))
  abort.abort(new Error('called off'))
  await expect(speaking).rejects.toThrow('called off')
  // Text is text: neither its markup nor the shell's means anything, and a name that is no voice is the usual one.
  expect(
    (await collect(espeak, '$(reboot); <voice> [[h@l]] "yes"', options({ voice: '../../etc' }))).length,
  ).toBeGreaterThan(1000)
})

test('a voice that is not installed is refused in words; the system’s program takes the package’s place', async () => {
  const failed = await failure(collect(new Espeak(async () => null), 'Hello.', options()))
  expect(failed.trouble).toBe('missing')
  expect(failed.message).toContain('espeak-ng')
  const installed = await new Promise<boolean>((resolve) =>
    execFile('espeak-ng', ['--version'], (error) => resolve(!error)),
  )
  const pieces = Array.fromAsync(runProgram('Hello.', 'en-us+f2', 165, AbortSignal.timeout(10_000)))
  if (!installed) return void (await expect(pieces).rejects.toThrow())
  expect((await pieces).every(({ hertz }) => hertz === 22_050)).toBe(true)
})

test('what is said again comes from the disk, for its owner only', async () => {
  const clips = new Clips(mkdtempSync(join(tmpdir(), 'earshot-clips-')))
  const tts = new OpenAiTts(partsOf())
  const before = providers.spoken.length
  const [first, second] = [
    await clips.whole(tts, 'a', 'Hello.', options()),
    await clips.whole(tts, 'a', 'Hello.', options()),
  ]
  expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0)
  expect(providers.spoken.length).toBe(before + 1)
  await clips.whole(tts, 'b', 'Hello.', options())
  expect(providers.spoken.length).toBe(before + 2)
})
