/** The part of an engine that keeps recordings, on a disk: processes that are killed find there what others left. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordingInfo } from '@earshot/voice'
import type { Recordings } from './index.ts'

export class EngineOnDisk implements Recordings {
  readonly #dir: string
  /** What comes over the wire ends here, once. */
  cutAt: number | null = null
  /** A call that is asked for and not answered before this is over; whoever asks waits. */
  held: { call: string; until: Promise<void>; isAsked: boolean } | null = null
  constructor(dir: string) {
    this.#dir = dir
    mkdirSync(dir, { recursive: true })
  }

  #path = (call: string, ending: string) => join(this.#dir, `${call}.${ending}`)

  keep(call: string, sound: Buffer, info: Partial<RecordingInfo> = {}): void {
    const durationMs = sound.length / 16
    const whole: RecordingInfo = {
      call,
      bytes: sound.length,
      durationMs,
      startedAt: Date.parse('2026-11-22T09:00:00Z'),
      complete: true,
      speakers: [{ fromMs: 0, toMs: durationMs, speaker: 'ai', user: null }],
      gaps: [],
      ...info,
    }
    writeFileSync(this.#path(call, 'ul2'), sound)
    writeFileSync(this.#path(call, 'json'), JSON.stringify(whole))
  }

  has = (call: string): boolean => existsSync(this.#path(call, 'ul2'))

  async recording(call: string): ReturnType<Recordings['recording']> {
    if (this.held?.call === call) {
      this.held.isAsked = true
      await this.held.until
    }
    if (!this.has(call)) return null
    const sound = readFileSync(this.#path(call, 'ul2'))
    const cut = this.cutAt
    this.cutAt = null
    return {
      info: JSON.parse(readFileSync(this.#path(call, 'json'), 'utf8')),
      sound: (async function* () {
        for (let at = 0; at < (cut ?? sound.length); at += 16_001) yield sound.subarray(at, at + 16_001)
      })(),
    }
  }

  async forgetRecording(call: string): Promise<void> {
    for (const ending of ['ul2', 'json']) rmSync(this.#path(call, ending), { force: true })
  }
}
