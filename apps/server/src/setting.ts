/** The shape of one setting, and the way to write one. */
import type { Kind } from './setting-kinds.ts'

/** One row of the table; `docs/settings.md` is made from it. */
export interface Setting<T> extends Kind<T> {
  name: string
  /** The command line option that says the same and wins. */
  option?: string
  /** As it would be written; a setting without one may be absent. */
  default?: string
  /** Says in the docs what happens without a value, when that is not a plain default. */
  otherwise?: string
  about: string
  /** Its value is never shown. */
  isSecret?: true
}

/** Keeps the type of the value beside the rest. */
export const row = <T, const Rest>(kind: Kind<T>, rest: Rest) => ({ ...kind, ...rest })
