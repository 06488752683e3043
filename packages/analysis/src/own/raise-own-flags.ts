/** Flags by the workspace's own rules, each with why and where. */
import type { Rule } from '@earshot/contracts'
import type { ConversationAnalysis, Evidence, Flag } from '../contract.ts'
import type { ConversationSnapshot } from '../snapshot.ts'
import { matchRule } from './match-rule.ts'
import { measure } from './measure.ts'

export type OwnRule = { id: string; version: number; name: string; severity: Flag['severity']; rule: Rule }
/** Its name is what it is called by everywhere. */
export type OwnFlag = {
  code: string
  severity: Flag['severity']
  reason: string
  evidence: Evidence[]
  rule: { id: string; version: number }
}

export function raiseOwnFlags(
  snapshot: ConversationSnapshot,
  analysis: ConversationAnalysis,
  rules: readonly OwnRule[],
): OwnFlag[] {
  if (rules.length === 0) return []
  const measured = measure(snapshot, analysis)
  const somewhere = measured.said.slice(-1).map(({ position }) => ({ position }))
  return rules.flatMap(({ id, version, name, severity, rule }) => {
    const { holds, because, evidence } = matchRule(rule, measured)
    const shown = evidence.length > 0 ? evidence : somewhere
    if (holds !== true || shown.length === 0) return []
    return [{ code: name, severity, reason: because.join(' '), evidence: shown, rule: { id, version } }]
  })
}
