/** The demo's playbooks: flows as the plays name them, situations, and when each agent calls a person. */
import { AgentConfig, type AgentConfigInput, type Flow, type Situation } from '@earshot/contracts'

type Handoff = AgentConfig['handoff']

const flow = (name: string, words: string[], instructions: string): Flow => ({
  id: crypto.randomUUID(),
  name,
  on: true,
  when: { by: 'rule', words, channels: [] },
  instructions,
  functionIds: null,
})
const byModel = (name: string, description: string, instructions: string): Flow => ({
  ...flow(name, [], instructions),
  when: { by: 'model', description },
})
const situation = (trigger: string, words: string[], act: string, limit: number | null): Situation => ({
  id: crypto.randomUUID(),
  trigger,
  words,
  act,
  limit,
  on: true,
})
/** With every default beside what is given. */
const handoff = (given: AgentConfigInput['handoff']): Handoff =>
  AgentConfig.parse({ profile: { name: 'any' }, handoff: given }).handoff

type Playbook = Pick<AgentConfig, 'flows' | 'situations' | 'handoff'>

/** By the agent's name. */
export const PLAYBOOKS: Record<string, () => Playbook> = {
  Nova: () => ({
    flows: [
      flow(
        'Booking',
        ['book', 'reserve', 'reservar'],
        'Ask for the dates, the number of travellers and the airport. One question at a time.',
      ),
      flow(
        'Luggage',
        ['luggage', 'suitcase', 'bag'],
        'Ask for the tag number first, then look it up. Never promise a delivery time.',
      ),
      byModel(
        'Refunds',
        'The contact wants money back for a trip.',
        'Say which fare allows what. A person decides about exceptions.',
      ),
    ],
    situations: [
      situation(
        'The flight leaves within a day',
        ['tomorrow', 'today', 'tonight'],
        'Answer the urgent part first.',
        null,
      ),
      situation('The contact threatens with a chargeback', ['chargeback'], 'Stay calm, promise nothing.', 1),
    ],
    handoff: handoff({
      keyword: { on: true, words: ['chargeback', 'lawyer', 'journalist'] },
      value: { on: true, amount: 5000 },
      waitingTooLong: { on: true, seconds: 45 },
    }),
  }),
  Juno: () => ({
    flows: [
      flow(
        'Line test',
        ['slow', 'no internet', 'disconnected', 'langsam'],
        'Test the line before you ask for a restart of the box.',
      ),
      flow('Retention', ['cancel', 'kündigen', 'terminate'], 'Ask why, once. Offer what the articles hold; never beg.'),
      flow('Set-up', ['new router', 'set up', 'install'], 'Go step by step and wait for an answer after each step.'),
      flow('Moving', ['moving', 'new address', 'umzug'], 'Ask for the date and the new address.'),
    ],
    situations: [
      situation(
        'The line is down again',
        ['again', 'wieder', 'still not'],
        'Say that you see it is not the first time.',
        2,
      ),
    ],
    handoff: handoff({
      repeatedFailure: { on: true, times: 3 },
      negativeTone: { on: true, times: 2 },
      topic: {
        on: true,
        topics: [
          {
            name: 'Contracts',
            description: 'terms, notice, prices of old tariffs',
            words: ['contract', 'notice period'],
          },
        ],
      },
      turnLimit: { on: true, turns: 25 },
    }),
  }),
}
