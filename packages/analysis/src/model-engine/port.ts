/** The door of the model engine: how it asks a model, injected, so that this package needs no network and no key. */

export type Asked = { instructions: string; text: string; maxOutputTokens: number }
export type Said = { text: string; tokensIn: number; tokensOut: number; costUsd: number | null }

export type ModelPort = {
  model: string
  /** A mark that nobody who wrote the conversation can know: fresh and random at every call. */
  fence(): string
  /** One question without functions. Rejects when the provider fails; what that says is not the engine's to read. */
  ask(asked: Asked): Promise<Said>
}

export type Spent = { tokensIn: number; tokensOut: number; costUsd: number | null; ms: number; asks: number }

export const NOTHING_SPENT: Spent = { tokensIn: 0, tokensOut: 0, costUsd: 0, ms: 0, asks: 0 }

export const spend = (spent: Spent, said: Said): Spent => ({
  ...spent,
  tokensIn: spent.tokensIn + said.tokensIn,
  tokensOut: spent.tokensOut + said.tokensOut,
  costUsd: spent.costUsd === null || said.costUsd === null ? null : spent.costUsd + said.costUsd,
  asks: spent.asks + 1,
})
