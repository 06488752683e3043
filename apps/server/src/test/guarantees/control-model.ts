/** What a conversation's control is, in a page: the tiny model that the real thing is held against. */

export type Operator = 'ana' | 'ben' | 'olga'

export type Command =
  | { do: 'takeOver'; by: Operator; force: boolean }
  | {
      do: 'handBack' | 'pause' | 'handoff' | 'close' | 'reopen' | 'archive' | 'block' | 'unblock' | 'read'
      by: Operator
    }
  /** The agent asks for a human, in a turn that began so many epochs ago. */
  | { do: 'agentHandoff'; ago: number }
  | { do: 'contactSays'; at: 'live' | 'ingest' }
  /** Without `ago` it names no epoch, as agents elsewhere may. */
  | { do: 'agentSays'; at: 'live' | 'ingest'; ago: number | null }
  | { do: 'operatorSays'; by: Operator }
  | { do: 'humanElsewhereSays' }
  | { do: 'note' | 'coaching'; by: Operator }
  /** Says the last accepted message again by its key. */
  | { do: 'repeat'; same: boolean }

export interface State {
  status: 'active' | 'closed' | 'archived'
  control: 'agent' | 'queue' | 'operator' | 'paused'
  assignee: Operator | null
  blocked: boolean
  epoch: number
  handoff: 'none' | 'queued' | 'accepted' | 'returned' | 'abandoned'
  lastPosition: number
  unread: number
  readPosition: number
  preview: string
  /** The last message that was accepted with a key, and where. */
  kept: { key: string; position: number } | null
}

/** What a new conversation is after its first message. */
export const BEGUN: State = {
  status: 'active',
  control: 'agent',
  assignee: null,
  blocked: false,
  epoch: 1,
  handoff: 'none',
  lastPosition: 1,
  unread: 1,
  readPosition: 0,
  preview: 'contact',
  kept: { key: 'first', position: 1 },
}

export interface Step {
  state: State
  /** `ok`, or how it is refused, or what became of a message. */
  outcome: string
}

const supervises = (who: Operator) => who === 'olga'
const refused = (state: State, outcome: string): Step => ({ state, outcome })
const nothing = (state: State): Step => ({ state, outcome: 'ok' })

/** Who has the floor changes, the epoch rises by one, and the log says so in one entry. */
const give = (s: State, change: Partial<State>): Step => ({
  state: { ...s, ...change, epoch: s.epoch + 1, lastPosition: s.lastPosition + 1 },
  outcome: 'ok',
})
const waits = (s: State) => s.handoff === 'queued'

export function step(s: State, command: Command, key: string): Step {
  switch (command.do) {
    case 'takeOver':
      if (s.status !== 'active') return refused(s, 'conversation.closed')
      if (s.control === 'operator' && s.assignee === command.by) return nothing(s)
      if (s.control === 'operator' && !(command.force && supervises(command.by)))
        return refused(s, 'conversation.taken')
      return give(s, { control: 'operator', assignee: command.by, handoff: waits(s) ? 'accepted' : s.handoff })
    case 'handBack':
      if (s.status !== 'active') return refused(s, 'conversation.closed')
      if (s.control === 'agent') return nothing(s)
      if (s.control === 'operator' && s.assignee !== command.by && !supervises(command.by))
        return refused(s, 'conversation.taken')
      return give(s, { control: 'agent', assignee: null, handoff: s.handoff === 'none' ? 'none' : 'returned' })
    case 'pause':
      if (s.status !== 'active') return refused(s, 'conversation.closed')
      return s.control === 'paused' ? nothing(s) : give(s, { control: 'paused', assignee: null })
    case 'handoff':
      return askForHuman(s)
    case 'agentHandoff':
      if (s.status === 'active' && (command.ago > 0 || s.control !== 'agent')) return refused(s, 'control.stale')
      return askForHuman(s)
    case 'close':
      return s.status === 'active' ? end(s, 'closed') : nothing(s)
    case 'archive':
      return s.status === 'archived' ? nothing(s) : end(s, 'archived')
    case 'reopen':
      return s.status === 'active'
        ? nothing(s)
        : give(s, { status: 'active', control: 'agent', assignee: null, handoff: 'none' })
    case 'block':
      return s.blocked ? nothing(s) : give(s, { blocked: true, handoff: waits(s) ? 'none' : s.handoff })
    case 'unblock': {
      const queues = s.status === 'active' && s.control === 'queue'
      return s.blocked ? give(s, { blocked: false, handoff: queues ? 'queued' : s.handoff }) : nothing(s)
    }
    case 'read':
      return nothing({ ...s, unread: 0, readPosition: s.lastPosition })
    case 'note':
    case 'coaching':
      return { state: { ...s, lastPosition: s.lastPosition + 1 }, outcome: 'appended' }
    case 'repeat':
      if (!s.kept) return nothing(s)
      return refused(s, command.same ? `duplicate ${s.kept.position}` : 'conflict')
    default:
      return speak(s, command, key)
  }
}

function askForHuman(s: State): Step {
  if (s.status !== 'active') return refused(s, 'conversation.closed')
  return s.control === 'queue' ? nothing(s) : give(s, { control: 'queue', assignee: null, handoff: 'queued' })
}

const end = (s: State, status: 'closed' | 'archived') =>
  give(s, { status, handoff: waits(s) ? 'abandoned' : s.handoff })

type Speech = Extract<Command, { do: 'contactSays' | 'agentSays' | 'operatorSays' | 'humanElsewhereSays' }>

function speak(s: State, command: Speech, key: string): Step {
  const author = command.do === 'contactSays' ? 'contact' : command.do === 'agentSays' ? 'agent' : 'operator'
  const refusal = whyNot(s, command)
  if (refusal) return refused(s, refusal)
  const reopens = author !== 'agent' && s.status !== 'active'
  const position = s.lastPosition + 1
  const said: State = {
    ...s,
    status: 'active',
    lastPosition: position,
    preview: author,
    unread: author === 'contact' ? s.unread + 1 : author === 'operator' ? 0 : s.unread,
    readPosition: author === 'operator' ? position : s.readPosition,
    kept: { key, position },
  }
  return { state: { ...said, ...turn(s, command) }, outcome: reopens ? 'reopened' : 'appended' }
}

function whyNot(s: State, command: Speech): string | undefined {
  if (command.do === 'contactSays') return undefined
  if (s.blocked) return 'blocked'
  if (command.do === 'agentSays') {
    const isLate = (command.ago ?? 0) > 0
    return s.status !== 'active' || s.control !== 'agent' || isLate ? 'stale' : undefined
  }
  if (command.do === 'humanElsewhereSays') return undefined
  if (s.control === 'agent') return 'agent_answers'
  return s.control === 'operator' && s.assignee !== command.by ? 'taken' : undefined
}

/** What is said may itself give the floor to somebody else. */
function turn(s: State, command: Speech): Partial<State> {
  if (command.do === 'contactSays' && s.status !== 'active')
    return { control: 'agent', assignee: null, handoff: 'none', epoch: s.epoch + 1 }
  if (command.do === 'humanElsewhereSays' && s.control === 'agent') return { control: 'paused', epoch: s.epoch + 1 }
  return {}
}
