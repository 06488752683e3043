/** Performs a play: fills its gaps, gives each line its time, and follows who has the floor. The same seed gives the same scene. */
import type { Control, JsonValue, Outcome } from '@earshot/contracts'
import { fillGaps, type Gaps, gapsOf } from './gaps.ts'
import type { Person } from './people.ts'
import type { Beat, Play } from './play.ts'
import { type Chance, chanceOf } from './random.ts'
import { activity, contactOf, type Line, type Scene } from './scene.ts'

export interface Stage {
  externalId: string
  person: Person
  /** When the last line is said. */
  end: Date
  channel: string
  seed: string
}

interface State {
  play: Play
  gaps: Gaps
  chance: Chance
  /** Milliseconds since the beginning. */
  clock: number
  lines: (Omit<Line, 'at'> & { after: number })[]
  control: Control
  operator: string | null
  epoch: number
  handoff: Scene['handoff']['state']
  handoffAfter: number
  reason: string | null
  by: Scene['handoff']['by']
  /** What the agent has read so far, which it reads again with every answer. */
  context: number
}

export function perform(play: Play, stage: Stage): Scene {
  const chance = chanceOf(stage.seed)
  const gaps = gapsOf(play, stage, chance)
  const state: State = {
    play,
    gaps,
    chance,
    clock: 0,
    lines: [],
    control: 'agent',
    operator: null,
    epoch: 1,
    handoff: 'none',
    handoffAfter: 0,
    reason: null,
    by: null,
    context: 350,
  }
  for (const beat of play.beats) act(state, beat)
  conclude(state)
  return sceneOf(state, stage)
}

function act(state: State, beat: Beat): void {
  switch (beat.does) {
    case 'waits':
      state.clock += beat.minutes * 60_000
      break
    case 'says':
      if (beat.who === 'contact') contactSays(state, beat.text)
      else agentSays(state, beat.text)
      break
    case 'operator':
      say(state, { kind: 'message', author: 'operator', name: beat.name, text: fill(state, beat.text) }, 9000, 55)
      break
    case 'note':
      say(state, { kind: 'note', author: 'operator', name: beat.name, text: fill(state, beat.text) }, 15_000, 40)
      break
    case 'calls':
      calls(state, beat)
      break
    case 'asks_for_person':
      asksForPerson(state, beat)
      break
    case 'takes_over':
      takesOver(state, beat.name)
      break
    default:
      handsBack(state, beat.note)
  }
}

const fill = (state: State, text: string): string => fillGaps(text, state.gaps, state.chance)

/** Reading and thinking first, then so many milliseconds a character. */
function say(state: State, line: Omit<Line, 'at'>, thinking: number, perCharacter: number): void {
  state.clock += thinking * (0.6 + state.chance.next() * 0.8) + (line.text?.length ?? 0) * perCharacter
  state.context += Math.ceil((line.text?.length ?? 0) / 4)
  state.lines.push({ ...line, after: state.clock })
}

function contactSays(state: State, text: string): void {
  say(state, { kind: 'message', author: 'contact', text: fill(state, text) }, state.lines.length === 0 ? 0 : 14_000, 90)
}

const USD_A_TOKEN_IN = 0.4e-6
const USD_A_TOKEN_OUT = 1.6e-6

function agentSays(state: State, text: string): void {
  const said = fill(state, text)
  const usage = { inputTokens: state.context + 420, outputTokens: Math.ceil(said.length / 4) + 12 }
  const costUsd = Math.round((usage.inputTokens * USD_A_TOKEN_IN + usage.outputTokens * USD_A_TOKEN_OUT) * 1e6) / 1e6
  say(state, { kind: 'message', author: 'agent', text: said, usage: { ...usage, costUsd } }, 1600, 4)
}

function calls(state: State, beat: Extract<Beat, { does: 'calls' }>): void {
  const durationMs = state.chance.whole(120, beat.ok ? 1400 : 6000)
  const functionCall = {
    name: beat.name,
    parameters: JSON.parse(fill(state, beat.parameters)) as JsonValue,
    result: JSON.parse(fill(state, beat.result)) as JsonValue,
    status: beat.ok ? 'ok' : 'error',
    durationMs,
  }
  say(state, { kind: 'function_call', author: 'agent', text: null, data: { functionCall } }, 900, 0)
  state.clock += durationMs
}

const WAITING = 'A person will take over. You keep your place in the queue.'

function asksForPerson(state: State, { reason, by, told }: Extract<Beat, { does: 'asks_for_person' }>): void {
  const data = { type: 'handoff_requested', reason, requestedBy: by, announcement: told ? fill(state, told) : WAITING }
  say(state, { kind: 'activity', author: 'system', text: null, data }, 1500, 0)
  Object.assign(state, {
    control: 'queue',
    handoff: 'queued',
    handoffAfter: state.clock,
    reason,
    by,
    epoch: state.epoch + 1,
  })
}

function takesOver(state: State, name: string): void {
  const data = {
    type: 'taken_over',
    from: state.control,
    announcement: `${name} joined the conversation.`,
    by: { kind: 'operator', id: null, name },
  }
  say(state, { kind: 'activity', author: 'system', text: null, data }, state.control === 'queue' ? 70_000 : 20_000, 0)
  const handoff = state.handoff === 'queued' ? 'accepted' : state.handoff
  Object.assign(state, { control: 'operator', operator: name, handoff, epoch: state.epoch + 1 })
}

function handsBack(state: State, note: string): void {
  const by = { kind: 'operator', id: null, name: state.operator }
  const announcement = `${state.play.agent} (AI) is answering again.`
  const brief = { spoke: state.operator, unanswered: false, note: note || null }
  say(
    state,
    {
      kind: 'activity',
      author: 'system',
      text: note || null,
      data: { type: 'handed_back', from: 'operator', brief, announcement, by },
    },
    12_000,
    0,
  )
  const handoff = state.handoff === 'none' ? 'none' : 'returned'
  Object.assign(state, { control: 'agent', operator: null, handoff, epoch: state.epoch + 1 })
}

/** The rating comes a little later; closing is an activity of the log like everything else. */
function conclude(state: State): void {
  const { play } = state
  if (play.rating)
    state.lines.push({
      ...activity('rated', new Date(0), { stars: play.rating.stars, by: { kind: 'contact', id: null, name: null } }),
      after: state.clock + 25_000,
    })
  if (play.ending === 'closed' || play.ending === 'archived') {
    state.epoch++
    if (state.handoff === 'queued') state.handoff = 'abandoned'
    state.lines.push({
      ...activity(play.ending, new Date(0), { reason: reasonOf(state), by: closerOf(state) }),
      after: state.clock + 40_000,
    })
  }
  if (play.ending === 'paused') {
    Object.assign(state, { control: 'paused', epoch: state.epoch + 1 })
    state.lines.push({
      ...activity('paused', new Date(0), { from: 'agent', by: { kind: 'operator', id: null, name: 'Ruben' } }),
      after: state.clock + 20_000,
    })
  }
}

const closerOf = ({ operator }: State) => ({ kind: operator ? 'operator' : 'system', id: null, name: operator })

function reasonOf({ play, handoff, operator }: State): string {
  if (play.outcome === 'failed') return 'error'
  if (handoff === 'accepted' || handoff === 'returned') return 'human_handoff'
  return operator ? 'closed' : 'inactivity'
}

function sceneOf(state: State, { externalId, person, end, channel }: Stage): Scene {
  const { play, gaps, chance } = state
  const start = end.getTime() - state.clock
  const at = (after: number) => new Date(Math.min(start + after, end.getTime() + 60_000))
  const lines = state.lines.map(({ after, ...line }) => ({ ...line, at: at(after) }))
  const isOver = play.ending === 'closed' || play.ending === 'archived'
  const text = (value: string) => fillGaps(value, gaps, chance)
  return {
    externalId,
    agent: play.agent,
    flow: play.flow,
    channel,
    contact: contactOf(person),
    startedAt: new Date(start),
    lines,
    status: isOver ? (play.ending as 'closed' | 'archived') : 'active',
    control: state.control,
    operator: state.operator,
    handoff: {
      state: state.handoff,
      reason: state.reason,
      by: state.by,
      at: state.handoff === 'none' ? null : at(state.handoffAfter),
    },
    outcome: isOver ? outcomeOf(state) : null,
    endReason: isOver ? reasonOf(state) : null,
    endedAt: isOver ? at(state.clock + 40_000) : null,
    stage: play.stage,
    tags: play.tags.map(text),
    rating: play.rating && { stars: play.rating.stars, comment: text(play.rating.comment) || null },
    memory: Object.fromEntries(play.memory.map(([key, value]) => [key, text(value)])),
    epoch: state.epoch,
    unread: isOver ? 0 : unreadOf(lines),
  }
}

/** What a play does not say follows from who had the floor at its end. */
function outcomeOf({ play, handoff }: State): Outcome {
  if (play.outcome) return play.outcome as Outcome
  if (handoff === 'abandoned') return 'abandoned'
  return handoff === 'accepted' || handoff === 'returned' ? 'transferred' : 'completed'
}

/** The contact's messages since anybody of the team spoke, where a person is waited for. */
function unreadOf(lines: Line[]): number {
  const since = lines.findLastIndex(({ kind, author }) => kind === 'message' && author !== 'contact')
  return lines.slice(since + 1).filter(({ author }) => author === 'contact').length
}
