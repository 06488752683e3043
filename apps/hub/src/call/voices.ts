/** Hears who is speaking by loudness: stretches of speech as facts, and how loud each side is, five times a second. */
import { FRAME_MS, levelOf, type SpokenRole } from '@earshot/voice'
import type { Frame } from '../sound/frame.ts'
import { type Heard, VoiceDetector } from '../sound/voice-detector.ts'
import type { Call } from './state.ts'

const LEVEL_TICKS = 10

export class Voices {
  readonly #call: Call
  readonly #caller = new VoiceDetector()
  #speaker = new VoiceDetector()
  #by: { role: SpokenRole; user: string | null } | null = null
  #loudest = { caller: 0, speaker: 0 }

  constructor(call: Call) {
    this.#call = call
  }

  /** Once a tick. `speaker` is what a voice said; music and tones are nobody's. */
  hear(caller: Frame | undefined, speaker: Frame | undefined): void {
    const { tick } = this.#call
    const level = caller ? levelOf(caller.bytes) : 0
    this.#tell(this.#caller.hear(level, tick), { role: 'caller', user: null })
    if (level > this.#loudest.caller) this.#loudest.caller = level
    if (this.#by) {
      const loud = speaker ? levelOf(speaker.bytes) : 0
      this.#tell(this.#speaker.hear(loud, tick), this.#by)
      if (loud > this.#loudest.speaker) this.#loudest.speaker = loud
    }
    if (tick % LEVEL_TICKS === 0) this.#levels()
  }

  speakerChanged(): void {
    this.#endSpeaker()
    const { floor, speakingLeg } = this.#call
    this.#by = floor.by === 'hold' ? null : { role: floor.by, user: speakingLeg?.user ?? null }
    this.#speaker = new VoiceDetector()
  }

  end(): void {
    this.#tell(this.#caller.end(), { role: 'caller', user: null })
    this.#endSpeaker()
  }

  #endSpeaker(): void {
    if (this.#by) this.#tell(this.#speaker.end(), this.#by)
  }

  #levels(): void {
    const { id, nowMs, house } = this.#call
    const round = (level: number) => Math.round(level * 1000) / 1000
    const { caller, speaker } = this.#loudest
    house.moment({
      t: 'levels',
      call: id,
      ms: nowMs,
      caller: round(caller),
      speaker: round(speaker),
      by: this.#by?.role ?? null,
    })
    this.#loudest = { caller: 0, speaker: 0 }
  }

  #tell(heard: Heard | null, { role, user }: { role: SpokenRole; user: string | null }): void {
    if (!heard) return
    const { id, nowMs, house } = this.#call
    house.moment({ t: 'speaking', call: id, ms: nowMs, role, on: heard.t === 'began' })
    if (heard.t === 'began') return
    this.#call.fact({ t: 'spoke', role, user, startMs: heard.startTick * FRAME_MS, endMs: heard.endTick * FRAME_MS })
  }
}
