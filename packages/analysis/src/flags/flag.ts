/** The shape of a flag rule: facts in, a flag with evidence or nothing out. */
import type { Evidence, Flag, FlagCode } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { tidy } from '../rubric/part.ts'

export type FlagContext = Facts & { score: number | null }
export type FlagRule = (context: FlagContext) => Flag | null

/** A flag without evidence is no flag. */
export const flag = (
  code: FlagCode,
  severity: Flag['severity'],
  reason: string,
  evidence: (Evidence | { position: number })[],
  confidence = 0.9,
): Flag | null => {
  const shown = tidy(evidence.map((one) => ('note' in one || 'start' in one ? one : { position: one.position })))
  return shown.length > 0 ? { code, severity, reason, evidence: shown, confidence } : null
}
