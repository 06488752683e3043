/** What a Realtime model says, one item after the other: how much of each went out, how much of it was heard, and in which words. */
import type { SpokenText } from '@earshot/voice'
import type { Line } from '../line.ts'

interface Speech {
  item: string
  text: string
  beganMs: number
  bytes: number
  /** All of its sound has come. */
  isWhole: boolean
  isCut: boolean
  heard: { startMs: number; endMs: number } | null
  told: boolean
}

export class Speeches {
  private readonly line: Line
  private readonly tell: (words: SpokenText) => void
  private readonly all = new Map<string, Speech>()
  private endsMs = 0

  constructor(line: Line, tell: (words: SpokenText) => void) {
    this.line = line
    this.tell = tell
  }

  get isSpeaking(): boolean {
    return [...this.all.values()].some(({ heard, isCut, bytes }) => bytes > 0 && !heard && !isCut)
  }

  sound(item: string, sound: Uint8Array): void {
    const speech = this.of(item)
    if (speech.isCut) return
    const nowMs = this.line.nowMs()
    if (speech.bytes === 0) speech.beganMs = Math.max(nowMs, this.endsMs)
    this.endsMs = Math.max(nowMs, this.endsMs) + sound.length / 8
    speech.bytes += sound.length
    this.line.say(sound)
  }

  end(item: string): void {
    const speech = this.of(item)
    speech.isWhole = true
    if (!speech.isCut) this.line.mark(item)
  }

  text(item: string, delta: string): void {
    const speech = this.of(item)
    speech.text += delta
    if (!speech.isCut) this.write(speech, false)
  }

  whole(item: string, text: string): void {
    const speech = this.of(item)
    speech.text = text
    this.settle(speech)
  }

  played(item: string, startMs: number | null, endMs: number | null, flushed: boolean): void {
    const speech = this.all.get(item)
    if (!speech) return
    if (flushed) speech.isCut = true
    if (startMs !== null && endMs !== null) speech.heard = { startMs, endMs }
    else speech.isCut = true
    this.settle(speech)
  }

  /** Stops what is being said; null when nothing is. */
  cut(): { item: string; heardMs: number } | null {
    const nowMs = this.line.nowMs()
    let first: { item: string; heardMs: number } | null = null
    for (const speech of this.all.values()) {
      if (speech.bytes === 0 || speech.isCut || speech.heard) continue
      speech.isCut = true
      const heardMs = Math.round(Math.max(0, Math.min(speech.bytes / 8, nowMs - speech.beganMs)))
      speech.heard =
        heardMs > 0 ? { startMs: Math.round(speech.beganMs), endMs: Math.round(speech.beganMs + heardMs) } : null
      first ??= { item: speech.item, heardMs }
      this.settle(speech)
    }
    this.endsMs = nowMs
    return first
  }

  close(): void {
    this.cut()
  }

  private of(item: string): Speech {
    const known = this.all.get(item)
    if (known) return known
    const made = { item, text: '', beganMs: 0, bytes: 0, isWhole: false, isCut: false, heard: null, told: false }
    this.all.set(item, made)
    return made
  }

  /** Its words are written down when they were heard: all, or as far as they were. */
  private settle(speech: Speech): void {
    if (speech.told || !speech.heard || speech.text === '') return
    speech.told = true
    this.write(speech, true)
  }

  private write({ item, text, heard, beganMs, bytes, isCut }: Speech, final: boolean): void {
    const startMs = heard?.startMs ?? Math.round(beganMs)
    const endMs = heard?.endMs ?? Math.round(beganMs + bytes / 8)
    const share = isCut && final && bytes > 0 ? Math.min(1, (endMs - startMs) / (bytes / 8)) : 1
    const words = text.split(' ')
    const said = share < 1 ? `${words.slice(0, Math.floor(words.length * share)).join(' ')}…` : text
    if (final && said === '…') return
    this.tell({ utterance: item, role: 'ai', text: said, final, startMs, endMs, source: 'self' })
  }
}
