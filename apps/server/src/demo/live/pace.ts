/** The pace of people: how long they read, think and type. A test sets it to nothing. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../random.ts'

export interface Pace {
  chance: Chance
  /** Waits so many milliseconds of human time; rejects when the demo stops. */
  wait(ms: number): Promise<void>
  /** Times to wait for others are multiplied by this. */
  patience: number
}

/** `speed` 1 is human, 0 does not wait at all. */
export function paceOf(chance: Chance, speed: number, signal: AbortSignal): Pace {
  return {
    chance,
    patience: speed,
    wait: (ms) => sleep(speed * ms * (0.7 + chance.next() * 0.6), undefined, { signal }),
  }
}

export const readingMs = (text: string): number => 1500 + Math.min(12_000, text.length * 28)
export const typingMs = (text: string): number => 1200 + Math.min(14_000, text.length * 75)
