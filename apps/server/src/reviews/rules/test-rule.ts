/** Test a rule on past conversations: what it matches and why, and what it may match by mistake. Nothing is stored. */
import { matchRule, measure } from '@earshot/analysis'
import type { FlagRuleTest, Rule } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { quoter } from '../shape.ts'
import { type Past, readPast } from './read-past.ts'

const LOOKED_AT = 200
const SHOWN = 50

export async function testFlagRule(ctx: Context, rule: Rule): Promise<FlagRuleTest> {
  const past = await transact(ctx, (tx) => readPast(tx, ctx.workspaceId, LOOKED_AT))
  const looked = past.map((one) => ({ one, match: matchRule(rule, measure(one.snapshot, one.analysis)) }))
  const matched = looked.filter(({ match }) => match.holds === true)
  return {
    looked: past.length,
    matched: matched.length,
    unknown: looked.filter(({ match }) => match.holds === null).length,
    items: matched.slice(0, SHOWN).map(({ one, match }) => ({
      conversationId: one.conversationId,
      number: one.number,
      title: one.title,
      contact: one.contact,
      because: match.because,
      evidence: quoter(one.snapshot)(match.evidence),
      score: one.score,
      calm: isCalm(one),
    })),
  }
}

/** Nothing else says that anything was wrong. */
const isCalm = ({ score, analysis }: Past): boolean =>
  score !== null && score >= 80 && analysis.flags.every(({ severity }) => severity === 'info')
