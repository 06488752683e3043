/** What an evaluation is: a name for the command line, and figures measured on labelled data. */

export interface Figure {
  /** A public name (`goemotions.macroF1`): clients and the gate look for it. */
  metric: string
  value: number
  /** How many rows or conversations it was measured on. */
  n: number
  /** Of which file and part: `goemotions dev`. Never one that a threshold was chosen on without saying so. */
  split: string
  /** What a simple or published system reaches, and which; null when nothing is known. */
  baseline: string | null
}

export interface Asked {
  /** A folder of the layout of the development data; null: the samples of the repository. */
  data: string | null
}

export interface Evaluation {
  name: string
  about: string
  run(asked: Asked): Promise<Figure[]>
}
