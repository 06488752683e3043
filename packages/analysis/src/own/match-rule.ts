/** Whether a rule holds for a conversation, why, and where it shows. What needs a fact that is not known is not known either. */
import type { Rule, RuleCondition } from '@earshot/contracts'
import type { Evidence } from '../contract.ts'
import { tidy } from '../rubric/part.ts'
import type { Measured } from './measure.ts'
import { findPhrase } from './phrases.ts'

export type Match = {
  /** Null: a fact it needs is not known. */
  holds: boolean | null
  because: string[]
  evidence: Evidence[]
}

export const matchRule = (rule: Rule, measured: Measured): Match =>
  joined(
    rule.match,
    rule.groups.map(({ match, conditions }) =>
      joined(
        match,
        conditions.map((condition) => meets(condition, measured)),
      ),
    ),
  )

function joined(match: 'all' | 'any', parts: Match[]): Match {
  const deciding = match !== 'all'
  const decided = parts.filter(({ holds }) => holds === deciding)
  const holds = decided.length > 0 ? deciding : parts.some((part) => part.holds === null) ? null : !deciding
  const shown = parts.filter((part) => part.holds === holds)
  return {
    holds,
    because: shown.flatMap(({ because }) => because).slice(0, 6),
    evidence: tidy(shown.flatMap(({ evidence }) => evidence)),
  }
}

function meets(condition: RuleCondition, measured: Measured): Match {
  const found = look(condition, measured)
  if (!condition.not || found.holds === null) return found
  return { holds: !found.holds, because: found.because, evidence: found.holds ? [] : found.evidence }
}

const at = (positions: number[]): Evidence[] => positions.map((position) => ({ position }))
const met = (holds: boolean | null, because: string, evidence: Evidence[]): Match => ({
  holds,
  because: [because],
  evidence,
})

function look(condition: RuleCondition, measured: Measured): Match {
  switch (condition.is) {
    case 'words':
      return words(condition, measured)
    case 'function':
      return called(condition, measured)
    case 'measure':
      return figure(condition, measured)
    case 'flag': {
      const flag = measured.flags.find(({ code }) => code === condition.code)
      const name = condition.code.replaceAll('_', ' ')
      return met(flag !== undefined, flag ? `Flag: ${name}.` : `No flag: ${name}.`, flag?.evidence ?? [])
    }
    case 'emotion': {
      const felt = measured.feelings.filter(
        ({ label, score }) => label === condition.emotion && score >= condition.atLeast,
      )
      const most = Math.max(0, ...felt.map(({ score }) => score))
      const because =
        felt.length > 0
          ? `${sentence(condition.emotion)} of ${most.toFixed(2)}.`
          : `No ${condition.emotion} of ${condition.atLeast}.`
      return met(felt.length > 0, because, at(felt.map(({ position }) => position)))
    }
    default: {
      const { value, evidence } = measured.tone
      return met(
        value === null ? null : value === condition.tone,
        value === null ? 'The tone is not known.' : `The tone is ${value}.`,
        evidence,
      )
    }
  }
}

function words({ by, phrases }: Extract<RuleCondition, { is: 'words' }>, { said }: Measured): Match {
  const heard = said.filter((one) => by === 'anyone' || one.by === by)
  const found = phrases.flatMap((phrase) =>
    heard.flatMap(({ position, text }) => {
      const span = findPhrase(text, phrase)
      return span ? [{ phrase, evidence: { position, ...span } }] : []
    }),
  )
  const which = [...new Set(found.map(({ phrase }) => phrase))].slice(0, 3)
  return met(
    found.length > 0,
    found.length > 0 ? `Said: “${which.join('”, “')}”.` : `Not said: “${phrases.slice(0, 3).join('”, “')}”.`,
    found.map(({ evidence }) => evidence),
  )
}

const DID = { called: 'was called', worked: 'worked', failed: 'failed' } as const

function called({ name, did }: Extract<RuleCondition, { is: 'function' }>, { calls }: Measured): Match {
  const found = calls.filter(
    (call) =>
      (name === null || call.name.toLowerCase() === name.toLowerCase()) &&
      (did === 'called' || (did === 'failed' ? call.failed : call.done && !call.failed)),
  )
  const what = found[0]?.name ?? name ?? 'A function'
  return met(
    found.length > 0,
    found.length > 0 ? `${what} ${DID[did]}.` : `${what}: none ${DID[did]}.`,
    at(found.map(({ position }) => position)),
  )
}

function figure({ measure, compare, value }: Extract<RuleCondition, { is: 'measure' }>, { figures }: Measured): Match {
  const { value: actual, positions } = figures[measure]
  const name = sentence(
    measure
      .replace(/_seconds$/, '')
      .replace(/_usd$/, '')
      .replaceAll('_', ' '),
  )
  if (actual === null) return met(null, `${name}: not known.`, [])
  const unit = measure.endsWith('_seconds') ? ' s' : measure.endsWith('_usd') ? ' USD' : ''
  const holds = compare === 'over' ? actual > value : actual < value
  return met(holds, `${name}: ${Math.round(actual * 100) / 100}${unit}.`, at(positions))
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
