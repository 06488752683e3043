/** Triggers that are looked at before anything is answered: each switched and bounded by the agent's document. */
import type { AgentConfig, HandoffReason } from '@earshot/contracts'
import type { Handoff, Question } from '../answer.ts'
import { asksForPerson } from '../asks-for-person.ts'
import { isAngry } from '../negative-tone.ts'
import { NO_FACTS } from './facts.ts'
import { amountsOf, findWord } from './says.ts'

export interface Called {
  reason: HandoffReason
  by: Handoff['by']
  /** For the team: which word, which topic, how much. */
  detail: string | null
  words: 'handoffAsked' | 'handoffFailed' | 'handoffAngry'
}

type Look = (question: Question, text: string, handoff: AgentConfig['handoff']) => Called | null

const rule = (reason: HandoffReason, detail: string | null, words: Called['words'] = 'handoffAsked'): Called => ({
  reason,
  by: 'rule',
  detail,
  words,
})

const contactAsks: Look = (_question, text, { contactAsks: { on, phrases } }) =>
  on && asksForPerson(text, phrases)
    ? { reason: 'contact_asked', by: 'contact', detail: null, words: 'handoffAsked' }
    : null

const keyword: Look = (_question, text, { keyword: { on, words } }) => {
  const found = on ? findWord(text, words) : undefined
  return found === undefined ? null : rule('keyword', found)
}

const topic: Look = (_question, text, { topic: { on, topics } }) => {
  const found = on ? topics.find(({ words }) => findWord(text, words) !== undefined) : undefined
  return found ? rule('topic', found.name) : null
}

const value: Look = ({ facts = NO_FACTS }, text, { value: { on, amount, memoryKey } }) => {
  if (!on) return null
  const known = memoryKey === null ? amountsOf(text) : [Number(facts.memory[memoryKey] ?? Number.NaN)]
  const most = Math.max(...known.filter(Number.isFinite))
  return most >= amount ? rule('value', String(most)) : null
}

const situation: Look = ({ agent, facts = NO_FACTS }) => {
  const over = agent.config.situations.find(
    ({ id, on, limit }) => on && limit !== null && (facts.situations.get(id) ?? 0) >= limit,
  )
  return over ? rule('situation', over.trigger) : null
}

/** Who is angry and asks something is answered first; who is only angry, or has been before, is not. */
const negativeTone: Look = (question, text, { negativeTone: { on, times } }) => {
  if (!on || !isAngry(text) || countAngry(question) < times) return null
  const previous = question.history.findLast(({ author }) => author === 'agent')?.note ?? null
  return times > 1 || previous?.kind === 'not_found' || isOnlyAngry(text)
    ? rule('negative_tone', null, 'handoffAngry')
    : null
}

const turnLimit: Look = ({ facts = NO_FACTS }, _text, { turnLimit: { on, turns } }) =>
  on && facts.answers >= turns ? rule('turn_limit', String(turns)) : null

const LOOKS: Look[] = [contactAsks, keyword, topic, value, situation, negativeTone, turnLimit]

/** Null: the agent may answer. */
export function personNeeded(question: Question): Called | null {
  const text = textOf(question)
  for (const look of LOOKS) {
    const called = look(question, text, question.agent.config.handoff)
    if (called) return called
  }
  return null
}

/** What waits for the answer, without the names of files: they are nobody's words. */
export const textOf = ({ unanswered }: Pick<Question, 'unanswered'>): string =>
  unanswered
    .map(({ text }) => text)
    .join('\n')
    .replace(/^\[attachment: .*\]$/gm, '')
    .trim()

export const countAngry = ({ history, unanswered }: Question): number =>
  [...history, ...unanswered].filter(({ author, text }) => author === 'contact' && isAngry(text)).length

/** Nothing but anger is said: there is no question to look up. */
const isOnlyAngry = (text: string): boolean => !/[?？؟]/u.test(text) && text.split(/\s+/).length <= 12
