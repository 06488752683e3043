/** The functions that need nobody else: look up, write down, tag, move on, call a person, end. */
import type { JsonValue } from '@earshot/contracts'
import { checkField } from '../memory/check-field.ts'
import type { Parameters } from './fill-template.ts'
import type { BuiltIn } from './offered.ts'
import type { Outcome } from './outcome.ts'
import type { World } from './world.ts'

type Run = (parameters: Record<string, string>, world: World) => Promise<Outcome> | Outcome

/** The schemas ask for texts alone. */
export async function runBuiltIn(builtin: BuiltIn, parameters: Parameters, world: World): Promise<Outcome> {
  const texts = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value).trim()]))
  return RUNS[builtin](texts, world)
}

const FOUND = 5

const RUNS: Record<BuiltIn, Run> = {
  async search_knowledge({ query = '' }, world) {
    const passages = await world.search(query, FOUND)
    const found = passages.map(({ title, heading, score }) => ({
      title,
      heading,
      score: Math.round(score * 100) / 100,
    }))
    return { status: 'ok', result: found, effects: {}, passages, text: '' }
  },
  remember({ field: key = '', value = '' }, { fields }) {
    const field = fields.find((one) => one.on && one.key === key)
    if (!field) return refused('There is no such field.')
    const checked = checkField(field, value)
    return checked.ok
      ? done({ [key]: checked.value }, { memory: [[key, checked.value]], fields })
      : refused(checked.problem)
  },
  tag: ({ tag = '' }) => {
    const colon = tag.indexOf(':')
    const [key, value] = colon < 0 ? [tag, ''] : [tag.slice(0, colon).trim(), tag.slice(colon + 1).trim()]
    return key === '' ? refused('A tag needs a name.') : done('tagged', { tags: [{ key, value }] })
  },
  set_stage: ({ stage = '' }) => done('moved', { stage }),
  hand_off: ({ reason = '' }) => ({
    ...done('queued', {}),
    text: 'A person will take over.',
    after: { kind: 'hand_off', reason },
  }),
  schedule_follow_up: ({ text = '', after_minutes: after = '' }) => ({
    ...done('scheduled', { followUp: { text, afterMinutes: Number(after) } }),
    text: 'It will be written then, unless the customer writes before.',
  }),
  end_conversation: ({ reason = '' }) => ({
    ...done('ends after the answer', {}),
    text: 'The conversation ends after your answer.',
    after: { kind: 'end', reason },
  }),
}

const done = (result: JsonValue, effects: Outcome['effects']): Outcome => ({ status: 'ok', result, effects })
const refused = (reason: string): Outcome => ({ status: 'refused', result: reason, effects: {} })
