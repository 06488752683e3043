/** What an evaluation is: a name for the command line, and figures measured on labelled data. */

export interface Figure {
  /** A public name (`goemotions.macroF1`): clients and the gate look for it. */
  metric: string
  value: number
  unit: '' | '%' | 'ms' | 'µs' | 'MB' | 'facts'
  /** How many rows, questions or conversations it was measured on. */
  n: number
  /** Of which file and part. Never one that something was chosen on without saying so. */
  split: string
  /** What a published or simple system reaches, and which; null when nothing is known. */
  baseline: string | null
  /** The least, or the most, it has to be; null: for information. */
  goal: { atLeast: number } | { atMost: number } | null
}

export interface Asked {
  /** The questions rules are chosen on, or the ones that stay unseen: where the set is our own. */
  part: 'tuning' | 'test'
  misses: boolean
  /** A folder of the layout of the development data; the samples in eval/data unless named. */
  data: string
}

export interface Evaluation {
  name: string
  about: string
  run(asked: Asked): Promise<Figure[]>
}

export function isMet({ value, goal }: Figure): boolean {
  if (goal === null) return true
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost
}
