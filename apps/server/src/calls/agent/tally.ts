/** What a call's speech costs: minutes listened to and letters spoken, told to the hub from time to time. */
import type { Providers } from '../speech/index.ts'
import type { Line } from './line.ts'

const EVERY_MS = 60_000

export class Tally {
  private readonly line: Line
  private readonly providers: Pick<Providers, 'prices' | 'stt'>
  private audioMs = 0
  private spokenLetters = 0
  private readonly timer: NodeJS.Timeout

  constructor(line: Line, providers: Pick<Providers, 'prices' | 'stt'>) {
    this.line = line
    this.providers = providers
    this.timer = setInterval(() => this.flush(), EVERY_MS)
    this.timer.unref()
  }

  listened(ms: number): void {
    this.audioMs += ms
  }

  letters(count: number): void {
    this.spokenLetters += count
  }

  close(): void {
    clearInterval(this.timer)
    this.flush()
  }

  private flush(): void {
    const { prices, stt } = this.providers
    const audioMs = Math.round(this.audioMs)
    const listening = stt ? (audioMs / 60_000) * prices.perMinute : 0
    const costUsd = listening + (this.spokenLetters / 1000) * prices.perThousand
    if (audioMs === 0 && costUsd === 0) return
    this.audioMs = 0
    this.spokenLetters = 0
    this.line.tell({ t: 'usage', inputTokens: 0, outputTokens: 0, costUsd, audioMs })
  }
}
