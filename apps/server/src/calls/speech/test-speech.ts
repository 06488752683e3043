/** Tries the stored providers: has a sentence spoken, then has that sound written down, and tells what really happened. */
import type { SpeechAttempt } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import { collect } from './clips.ts'
import { type Providers, providersOf } from './providers.ts'
import { SpeechFailed, type Stt } from './speech.ts'
import { mulawWav } from './wav.ts'

const SENTENCE = 'Hello, this is a test of the voice.'
const WAIT_MS = 20_000

export async function testSpeech(ctx: Context): Promise<{ speak: SpeechAttempt; listen: SpeechAttempt | null }> {
  let sound: Uint8Array | undefined
  let providers: Providers | undefined
  const speak = await attempt(async () => {
    providers = await providersOf(ctx, ctx.workspaceId)
    const { tts, voice } = providers
    const signal = AbortSignal.timeout(WAIT_MS)
    sound = await collect(tts, SENTENCE, { voice, language: 'en', speed: 1, signal })
    return `${tts.name} spoke for ${(sound.length / 8000).toFixed(1)} seconds.`
  })
  const { stt } = providers ?? {}
  if (!stt) return { speak, listen: null }
  return { speak, listen: await attempt(() => listenTo(stt, sound)) }
}

async function listenTo(stt: Stt, sound: Uint8Array | undefined): Promise<string> {
  if (!sound) throw new SpeechFailed('provider', 'It was not tried: there was no sound to listen to.')
  const segments = await stt.file(mulawWav(sound), { language: 'en', signal: AbortSignal.timeout(WAIT_MS) })
  const heard = segments
    .map(({ text }) => text)
    .join(' ')
    .trim()
  if (heard === '') throw new SpeechFailed('provider', `${stt.name} answered, and heard no words in it.`)
  return `${stt.name} heard: “${heard.slice(0, 200)}”`
}

async function attempt(work: () => Promise<string>): Promise<SpeechAttempt> {
  const start = performance.now()
  const tookMs = () => Math.round(performance.now() - start)
  try {
    const detail = await work()
    return { ok: true, detail, tookMs: tookMs() }
  } catch (error) {
    if (error instanceof SpeechFailed) return { ok: false, detail: error.message, tookMs: tookMs() }
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return { ok: false, detail: 'The provider did not answer in time.', tookMs: tookMs() }
    throw error
  }
}
