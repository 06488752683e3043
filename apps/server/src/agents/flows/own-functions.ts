/** Functions by which a model tells what it noticed: another flow fits, a situation happened, a topic is for people, nothing was found. */
import type { Flow, JsonValue } from '@earshot/contracts'
import type { Question } from '../answer.ts'
import type { Offered } from '../functions/offered.ts'
import type { Outcome } from '../functions/outcome.ts'
import { NO_FACTS } from '../triggers/facts.ts'
import { flowsByModel } from './choose-flow.ts'
import type { Playbook } from './playbook.ts'
import { keyOf } from './situations.ts'

/** What the model noticed while it answered; read when it has ended. */
export interface Noticed {
  switchTo: Flow | null
  nothingFor: string | null
  /** A topic for people, or a situation at its limit. */
  person: { reason: 'topic' | 'situation'; detail: string } | null
}

export const nothingNoticed = (): Noticed => ({ switchTo: null, nothingFor: null, person: null })

export function ownFunctions(question: Question, noticed: Noticed, playbook: Playbook | undefined): Offered[] {
  return [
    ...switchFlow(question, noticed),
    ...noteSituation(question, noticed, playbook),
    ...reportTopic(question, noticed),
    ...nothingFound(question, noticed),
  ]
}

type Run = (parameters: Record<string, JsonValue>) => Promise<Outcome> | Outcome
function offer(name: string, description: string, properties: { [name: string]: JsonValue }, run: Run): Offered {
  const parameters = { type: 'object', properties, required: Object.keys(properties) }
  return { kind: 'own', name, description, parameters, run }
}
const done = (result: string, more: Partial<Outcome> = {}): Outcome => ({ status: 'ok', result, effects: {}, ...more })
const oneOf = (values: string[]): JsonValue => ({ type: 'string', enum: values })

function switchFlow({ agent, facts = NO_FACTS }: Question, noticed: Noticed): Offered[] {
  const flows = flowsByModel(agent.config, facts.flow)
  if (flows.length === 0) return []
  const when = flows.map(({ name, when: by }) => `${name}: ${by.by === 'model' ? by.description : ''}`)
  const description = `Go on by another playbook, before you answer, when it fits better. ${when.join('; ')}`
  return [
    offer('switch_flow', description, { flow: oneOf(flows.map(({ name }) => name)) }, ({ flow }) => {
      noticed.switchTo = flows.find(({ name }) => name === flow) ?? null
      return done('switched', { after: { kind: 'switch', reason: String(flow) } })
    }),
  ]
}

function noteSituation(
  { agent, facts = NO_FACTS, unanswered }: Question,
  noticed: Noticed,
  playbook: Playbook | undefined,
): Offered[] {
  const open = agent.config.situations.filter(({ on, words }) => on && words.length === 0)
  if (open.length === 0) return []
  const description = 'Tell that one of the situations of your instructions has happened, each time it does.'
  return [
    offer('note_situation', description, { situation: oneOf(open.map(({ trigger }) => trigger)) }, async (given) => {
      const situation = open.find(({ trigger }) => trigger === given.situation)!
      await playbook?.noteSituation(situation, keyOf(situation, unanswered.at(-1)?.position ?? 0))
      const times = (facts.situations.get(situation.id) ?? 0) + 1
      if (situation.limit === null || times < situation.limit) return done(situation.act || 'noted')
      noticed.person = { reason: 'situation', detail: situation.trigger }
      return done('a person is called', {
        text: 'A person will take over.',
        after: { kind: 'hand_off', reason: situation.trigger },
      })
    }),
  ]
}

function reportTopic({ agent }: Question, noticed: Noticed): Offered[] {
  const { on, topics } = agent.config.handoff.topic
  if (!on || topics.length === 0) return []
  const named = topics.map(({ name, description }) => (description ? `${name} (${description})` : name)).join('; ')
  const description = `Hand the conversation to a person, because it is about one of these topics: ${named}. Say nothing after it.`
  return [
    offer('hand_off_topic', description, { topic: oneOf(topics.map(({ name }) => name)) }, ({ topic }) => {
      noticed.person = { reason: 'topic', detail: String(topic) }
      return done('queued', { text: 'A person will take over.', after: { kind: 'hand_off', reason: String(topic) } })
    }),
  ]
}

function nothingFound({ agent }: Question, noticed: Noticed): Offered[] {
  const { nothingFound: once, repeatedFailure } = agent.config.handoff
  if (!once.on && !repeatedFailure.on) return []
  const description =
    'Tell the team that neither the knowledge nor this conversation holds what the customer asked for. Then say so to the customer.'
  const question = { type: 'string', minLength: 1, maxLength: 500, description: 'What was asked, in one sentence' }
  return [
    offer('nothing_found', description, { question }, (given) => {
      noticed.nothingFor = String(given.question)
      return done('noted')
    }),
  ]
}
