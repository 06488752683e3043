/** One answer of the agent on its way to the caller's ear: written in pieces, spoken in sentences, heard as far as it was. */
import type { Mouth, Saying } from './mouth.ts'
import { cutSentences, spoken } from './sentences.ts'

export interface Heard {
  startMs: number
  endMs: number
  /** What the caller heard of it. */
  text: string
  interrupted: boolean
}

export class SpokenAnswer {
  readonly epoch: number
  private readonly mouth: Mouth
  private readonly onOver: (heard: Heard | null) => void
  private rest = ''
  private written = ''
  private open = 0
  private ended = false
  private told = false
  private startMs: number | null = null
  private endMs = 0
  private heardText: string[] = []
  /** What comes after this is not said. */
  cut = false

  constructor(mouth: Mouth, epoch: number, onOver: (heard: Heard | null) => void) {
    this.mouth = mouth
    this.epoch = epoch
    this.onOver = onOver
  }

  write(text: string): void {
    if (this.cut || this.ended) return
    this.written += text
    const { sentences, rest } = cutSentences(this.rest + text)
    this.rest = rest
    for (const sentence of sentences) this.say(sentence)
  }

  /** It is stored as this: what was not written yet is said too. */
  finish(whole: string): void {
    if (this.ended) return
    if (!this.cut) {
      if (whole.startsWith(this.written)) this.write(`${whole.slice(this.written.length)}\n`)
      else if (this.written === '') this.write(`${whole}\n`)
      else this.write('\n')
      if (this.rest.trim() !== '') this.say(this.rest)
    }
    this.ended = true
    this.settle()
  }

  /** Nothing more of it is said; what was heard counts. */
  stop(): void {
    this.cut = true
    this.rest = ''
    this.settle()
  }

  private say(sentence: string): void {
    const text = spoken(sentence)
    if (text === '') return
    this.open++
    const saying: Saying = {
      text,
      soundMs: null,
      over: (heard) => {
        this.open--
        if (heard) this.onHeard(saying, heard)
        else this.cut = true
        this.settle()
      },
    }
    this.mouth.say(saying)
  }

  private onHeard({ text, soundMs }: Saying, heard: { startMs: number; endMs: number; whole: boolean }): void {
    this.startMs ??= heard.startMs
    this.endMs = Math.max(this.endMs, heard.endMs)
    if (heard.whole) this.heardText.push(text)
    else {
      this.cut = true
      const share = soundMs ? Math.min(1, (heard.endMs - heard.startMs) / soundMs) : 0
      this.heardText.push(firstWords(text, share))
    }
  }

  private settle(): void {
    if (this.told || this.open > 0 || !(this.ended || this.cut)) return
    this.told = true
    const { startMs, endMs } = this
    const text = this.heardText.filter(Boolean).join(' ')
    this.onOver(startMs === null ? null : { startMs, endMs, text, interrupted: this.cut })
  }
}

/** Whole words only: nobody heard half of one. */
function firstWords(text: string, share: number): string {
  const words = text.split(' ')
  return words.slice(0, Math.floor(words.length * share)).join(' ')
}
