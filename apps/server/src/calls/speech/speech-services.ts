/** What speech needs of a node: the offline voice, the door to providers, and clips kept on disk. */
import { join } from 'node:path'
import type { Services } from '../../platform/context.ts'
import { type OutboundFetch, type OutboundOptions, outboundFetch } from '../../platform/outbound-http.ts'
import { type OutboundSocket, outboundSocket } from '../../platform/outbound-socket.ts'
import { Clips } from './clips.ts'
import { Espeak } from './espeak.ts'

export interface SpeechServices {
  espeak: Espeak
  clips: Clips
  outbound: OutboundOptions
  fetch: OutboundFetch
  socket: OutboundSocket
}

declare module '../../platform/context.ts' {
  interface Services {
    speech: SpeechServices
  }
}

/** Sound of a sentence streams for as long as it takes to say it. */
const BOUNDS = { maxBytes: 64 * 1024 * 1024, headTimeoutMs: 20_000, totalTimeoutMs: 180_000 }

export function openSpeech(config: { dataDir: string; allowPrivateAddresses: readonly string[] }): Services['speech'] {
  const outbound: OutboundOptions = { allowed: config.allowPrivateAddresses, ...BOUNDS }
  return {
    espeak: new Espeak(),
    clips: new Clips(join(config.dataDir, 'clips')),
    outbound,
    fetch: outboundFetch(outbound),
    socket: outboundSocket(outbound),
  }
}
