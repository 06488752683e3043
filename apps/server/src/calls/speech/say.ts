/** Sentences of the house as sound: announcements, places in the queue, the preview of a voice. */
import type { Sound } from '@earshot/voice'
import { mulawToLinear } from '@earshot/voice'
import type { Context, Services } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { providersOf } from './providers.ts'
import { SpeechFailed } from './speech.ts'
import { linearWav } from './wav.ts'

export interface Said {
  text: string
  voice?: string | null
  language?: string
  speed?: number
  /** By the offline voice, whatever the workspace has chosen. */
  offline?: boolean
}

/** μ-law, from the disk when it was said before. Throws `SpeechFailed`. */
export async function soundOf(services: Services, workspaceId: string, said: Said): Promise<Uint8Array> {
  const { tts, voice } = said.offline
    ? { tts: services.speech.espeak, voice: null }
    : await providersOf(services, workspaceId)
  return services.speech.clips.whole(tts, workspaceId, said.text, {
    voice: said.voice ?? voice,
    language: said.language ?? 'en',
    speed: said.speed ?? 1,
    signal: AbortSignal.timeout(30_000),
  })
}

/** For the hub to play; null when it cannot be said, which keeps no call from going on. */
export async function sayToCaller(services: Services, workspaceId: string, said: Said): Promise<Sound | null> {
  try {
    const sound = await soundOf(services, workspaceId, said)
    return { mulaw: Buffer.from(sound).toString('base64'), loop: false }
  } catch (error) {
    services.log.warn({ err: error, workspaceId }, 'a sentence could not be spoken; callers hear none')
    return null
  }
}

export async function sayAloud(ctx: Context, said: Said): Promise<{ audio: string; durationMs: number }> {
  const sound = await soundOf(ctx, ctx.workspaceId, said).catch((error: unknown) => {
    if (error instanceof SpeechFailed) throw new AppError('speech.failed', { why: error.message })
    throw error
  })
  const wav = linearWav(mulawToLinear(sound))
  return { audio: Buffer.from(wav).toString('base64'), durationMs: Math.round(sound.length / 8) }
}
