/** The loudspeaker of a call: frames in, sound out, both sides mixed on the sound thread. */
import type { FromPlay, ToPlay } from './worklet-words.ts'

/** To be called from a click: browsers let no page make sound by itself. */
export async function openContext(workletUrl: string): Promise<AudioContext> {
  const context = new AudioContext({ latencyHint: 'interactive' })
  await context.audioWorklet.addModule(workletUrl)
  // Not waited for: without a click it would never come.
  void context.resume().catch(() => undefined)
  return context
}

export interface Loudspeaker {
  play(caller: Uint8Array, speaker: Uint8Array): void
  /** How loud each side is, 1 as it came. */
  setGain(gain: { caller: number; speaker: number }): void
  /** How many frames wait, how often it ran dry, how many were left out. */
  readonly health: FromPlay
  close(): void
}

export function openLoudspeaker(context: AudioContext): Loudspeaker {
  const node = new AudioWorkletNode(context, 'earshot-play', { numberOfInputs: 0, outputChannelCount: [1] })
  let health: FromPlay = { depth: 0, underruns: 0, dropped: 0 }
  node.port.onmessage = ({ data }: MessageEvent<FromPlay>) => {
    health = data
  }
  node.connect(context.destination)
  return {
    play: (caller, speaker) => node.port.postMessage({ t: 'frame', caller, speaker } satisfies ToPlay),
    setGain: (gain) => node.port.postMessage({ t: 'gain', ...gain } satisfies ToPlay),
    get health() {
      return health
    },
    close: () => node.disconnect(),
  }
}
