/** What a bench is. */
import type { Figure, Rounds } from './rounds.ts'

export interface Bench {
  name: string
  about: string
  run(rounds: Rounds): Promise<Figure[]>
}
