/** What a workspace wants judged its own way: its rubric and its flags, put over what the engine judged. */
import {
  applyRubric,
  type Base,
  baseOf,
  type ConversationAnalysis,
  type ConversationSnapshot,
  type OwnFlag,
  type OwnRule,
  type Ruled,
  raiseOwnFlags,
} from '@earshot/analysis'
import { Rule } from '@earshot/contracts'
import type { Tx } from '../../platform/db.ts'
import { rubricOf } from '../rubrics/rubric-of.ts'
import { findEnabledRules } from './queries-rules.ts'

export interface Ways {
  ruled: Ruled
  rules: OwnRule[]
}

export async function waysOf(tx: Tx, workspaceId: string): Promise<Ways> {
  const rules = await findEnabledRules(tx, workspaceId)
  return {
    ruled: await rubricOf(tx, workspaceId),
    rules: rules.map(({ id, version, name, severity, rule }) => ({
      id,
      version,
      name,
      severity,
      rule: Rule.parse(rule),
    })),
  }
}

export interface JudgedByWorkspace {
  analysis: ConversationAnalysis
  base: Base
  ownFlags: OwnFlag[]
}

/** Without I/O. Put over its own result it changes nothing. */
export function judgeByWorkspace(
  snapshot: ConversationSnapshot,
  engine: ConversationAnalysis,
  { ruled, rules }: Ways,
): JudgedByWorkspace {
  const analysis = applyRubric(snapshot, engine, ruled)
  return { analysis, base: baseOf(engine), ownFlags: raiseOwnFlags(snapshot, analysis, rules) }
}
