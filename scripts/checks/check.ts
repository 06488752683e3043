/** What a check is: a name to run it by, and the lines that say what to put right. */
export interface Check {
  name: string
  /** What to do when it fails, in one sentence. */
  remedy: string
  /** Nothing when all is well. */
  run(): Promise<string[]> | string[]
}
