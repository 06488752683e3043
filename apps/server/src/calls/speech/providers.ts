/** A workspace's recogniser and voice, made from its settings. */
import type { Services } from '../../platform/context.ts'
import { asSystem } from '../../platform/context.ts'
import { DEEPGRAM, DEEPGRAM_MODEL, DEEPGRAM_VOICE, DeepgramStt, DeepgramTts } from './deepgram.ts'
import { OPENAI, OPENAI_STT, OPENAI_TTS, OpenAiStt, OpenAiTts } from './openai-audio.ts'
import { SpeechFailed, type Stt, type Tts } from './speech.ts'
import { openAccount, type SpeechChoice, speechOf } from './speech-settings.ts'

export interface Providers {
  /** Null: nobody listens. */
  stt: Stt | null
  tts: Tts
  /** What agents that name no voice speak with. */
  voice: string | null
  prices: { perMinute: number; perThousand: number }
  /** Where a model hears and speaks by itself. */
  realtime: { baseUrl: string; key: string | null }
}

export async function providersOf(services: Services, workspaceId: string): Promise<Providers> {
  const row = await speechOf(asSystem(services, workspaceId))
  const keyOf = (account: 'deepgram' | 'openai') => openAccount(services, workspaceId, row, account)
  return {
    stt: sttOf(services, row, keyOf),
    tts: ttsOf(services, row, keyOf),
    voice: row.synthesizerVoice,
    prices: { perMinute: row.pricePerMinute ?? 0, perThousand: row.pricePerThousand ?? 0 },
    realtime: { baseUrl: row.openaiUrl ?? OPENAI, key: keyOf('openai') },
  }
}

type KeyOf = (account: 'deepgram' | 'openai') => string | null

function sttOf({ speech }: Services, row: SpeechChoice, keyOf: KeyOf): Stt | null {
  if (row.recogniser === 'none') return null
  if (row.recogniser === 'openai') {
    const model = row.recogniserModel ?? OPENAI_STT
    return new OpenAiStt({ baseUrl: row.openaiUrl ?? OPENAI, key: keyOf('openai'), model, fetch: speech.fetch })
  }
  return new DeepgramStt({
    baseUrl: row.deepgramUrl ?? DEEPGRAM,
    key: needed(keyOf('deepgram')),
    model: row.recogniserModel ?? DEEPGRAM_MODEL,
    fetch: speech.fetch,
    socket: speech.socket,
  })
}

function ttsOf({ speech }: Services, row: SpeechChoice, keyOf: KeyOf): Tts {
  if (row.synthesizer === 'espeak') return speech.espeak
  if (row.synthesizer === 'openai') {
    const model = row.synthesizerModel ?? OPENAI_TTS
    return new OpenAiTts({ baseUrl: row.openaiUrl ?? OPENAI, key: keyOf('openai'), model, fetch: speech.fetch })
  }
  return new DeepgramTts({
    baseUrl: row.deepgramUrl ?? DEEPGRAM,
    key: needed(keyOf('deepgram')),
    model: row.synthesizerModel ?? row.synthesizerVoice ?? DEEPGRAM_VOICE,
    fetch: speech.fetch,
    socket: speech.socket,
  })
}

function needed(key: string | null): string {
  if (key) return key
  throw new SpeechFailed('settings', 'The key of Deepgram cannot be opened: store it again.')
}
