/**
 * One call in this browser: the socket to the hub, the loudspeaker, and, for who speaks, the microphone. A listener never asks for one; it
 * is given later, when the call is taken over, and the same socket goes on.
 */

import type { DownFrame, Speaker } from '@earshot/voice/frames'
import { FRAME_BYTES, FRAME_MS, levelOf, MULAW_SILENCE } from '@earshot/voice/g711'
import { type Loudspeaker, openContext, openLoudspeaker } from './loudspeaker.ts'
import { type FromHub, type LineState, type MediaLine, openMediaLine } from './media-line.ts'
import { type Microphone, openMicrophone } from './microphone.ts'
import type { FromPlay } from './worklet-words.ts'

export interface Levels {
  /** Loudest of the last tenth of a second, 0…1: of the contact, of who speaks to it, and of this microphone. */
  caller: number
  speaker: number
  own: number
}

export interface CallSoundOptions {
  workletUrl: string
  /** Token included; asked again when a cut line is mended. */
  url(): string | Promise<string>
  onState(state: LineState, why?: string): void
  onWord?(word: FromHub): void
  /** Ten times a second while frames come. */
  onLevels?(levels: Levels, speaker: Speaker): void
  /** The microphone was pulled out. */
  onMicrophoneLost?(): void
  mendMs?: number
}

const LEVEL_FRAMES = 5

/** To be called from a click; with a microphone for who speaks from the beginning. */
export async function openCallSound(options: CallSoundOptions, microphone?: MediaStream): Promise<CallSound> {
  const sound = new CallSound(await openContext(options.workletUrl), options)
  if (microphone) sound.speak(microphone)
  return sound
}

export class CallSound {
  readonly #context: AudioContext
  readonly #options: CallSoundOptions
  readonly #loudspeaker: Loudspeaker
  readonly #line: MediaLine
  readonly #levels: Levels = { caller: 0, speaker: 0, own: 0 }
  #frames = 0
  #microphone: Microphone | undefined
  #isMuted = false
  /** Frames that are sent in place of the microphone's. */
  #instead: Uint8Array[] = []
  #isClosed = false

  constructor(context: AudioContext, options: CallSoundOptions) {
    this.#context = context
    this.#options = options
    this.#loudspeaker = openLoudspeaker(context)
    const { url, mendMs, onWord } = options
    this.#line = openMediaLine({
      url,
      ...(mendMs === undefined ? {} : { mendMs }),
      onWord: (word) => onWord?.(word),
      onState: (state, why) => this.#onState(state, why),
      onFrame: (frame) => this.#onFrame(frame),
    })
  }

  /** From now on this microphone is sent. */
  speak(stream: MediaStream): void {
    this.#microphone?.close()
    this.#microphone = openMicrophone(this.#context, stream, {
      onFrame: (heard) => {
        const sound = this.#instead.shift() ?? heard
        this.#levels.own = Math.max(this.#levels.own, levelOf(sound))
        this.#line.send(sound)
      },
      onLost: () => {
        this.hush()
        this.#options.onMicrophoneLost?.()
      },
    })
    this.#microphone.mute(this.#isMuted)
    this.#line.say({ t: 'mic', on: true })
  }

  /** Sends this μ-law in place of the microphone; answers how long it takes, in milliseconds. */
  sayInstead(sound: Uint8Array): number {
    for (let at = 0; at < sound.length; at += FRAME_BYTES) {
      const frame = new Uint8Array(FRAME_BYTES).fill(MULAW_SILENCE)
      frame.set(sound.subarray(at, at + FRAME_BYTES))
      this.#instead.push(frame)
    }
    return this.#instead.length * FRAME_MS
  }

  /** Lets go of the microphone; hearing goes on. */
  hush(): void {
    if (!this.#microphone) return
    this.#microphone.close()
    this.#microphone = undefined
    this.#line.say({ t: 'mic', on: false })
  }

  mute(on: boolean): void {
    this.#isMuted = on
    this.#microphone?.mute(on)
  }

  get isMuted(): boolean {
    return this.#isMuted
  }

  get isSpeaking(): boolean {
    return this.#microphone !== undefined
  }

  /** False: the browser plays nothing before somebody presses something. */
  get isAudible(): boolean {
    return this.#context.state === 'running'
  }

  /** To be called from a press. */
  wake(): Promise<void> {
    return this.#context.resume()
  }

  /** How loud each side is, 1 as it came. */
  setGain(gain: { caller: number; speaker: number }): void {
    this.#loudspeaker.setGain(gain)
  }

  /** Round trip to the hub in milliseconds, once known. */
  get delayMs(): number | null {
    return this.#line.delayMs
  }

  get health(): FromPlay {
    return this.#loudspeaker.health
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#microphone?.close()
    this.#microphone = undefined
    this.#loudspeaker.close()
    this.#line.close()
    void this.#context.close()
  }

  #onState(state: LineState, why?: string): void {
    this.#options.onState(state, why)
    if (state === 'live' && this.#microphone) this.#line.say({ t: 'mic', on: true })
    if (state === 'over') this.close()
  }

  #onFrame({ callerSound, speakerSound, speaker }: DownFrame): void {
    this.#loudspeaker.play(callerSound, speakerSound)
    const levels = this.#levels
    levels.caller = Math.max(levels.caller, levelOf(callerSound))
    levels.speaker = Math.max(levels.speaker, levelOf(speakerSound))
    if (++this.#frames % LEVEL_FRAMES !== 0) return
    this.#options.onLevels?.({ ...levels }, speaker)
    levels.caller = levels.speaker = levels.own = 0
  }
}
