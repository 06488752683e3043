/** Does the model's commands to a real conversation: by the verbs themselves, or over HTTP where it has a door. */

import { blockContact, unblockContact } from '../../channels/block-contact.ts'
import { archiveConversation } from '../../conversations/close.ts'
import type { Appended, AppendItem } from '../../conversations/index.ts'
import {
  closeConversation,
  handBack,
  reopenConversation,
  requestHandoff,
  sayAsOperator,
  takeOver,
} from '../../conversations/index.ts'
import { pause } from '../../conversations/pause.ts'
import { addCoaching, addNote } from '../../conversations/say.ts'
import { actAlone } from '../../conversations/work/act.ts'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { Person, TestApp } from '../app.ts'
import type { Answer } from '../caller.ts'
import type { Command, Operator, State } from './control-model.ts'

/** A conversation under test, with what its commands need to name. */
export interface Subject {
  id: string
  externalId: string
  contactId: string
  channelId: string
}

export type Driver = (subject: Subject, command: Command, state: State, key: string) => Promise<string>

const CODES: Record<string, string> = {
  'conversation.blocked': 'blocked',
  'control.stale': 'stale',
  'conversation.agent_answers': 'agent_answers',
  'idempotency.conflict': 'conflict',
}

export const people = (app: TestApp): Record<Operator, Person> => {
  const { ana, ben, owner } = app.north.people
  return { ana, ben, olga: owner }
}

const SPEAKS = new Set<Command['do']>([
  'contactSays',
  'agentSays',
  'operatorSays',
  'humanElsewhereSays',
  'note',
  'coaching',
  'repeat',
])
/** `taken` names two refusals: of a command, and of a message. */
function nameOf(code: string, command: Command): string {
  if (code === 'conversation.taken') return SPEAKS.has(command.do) ? 'taken' : code
  if (code === 'control.stale') return SPEAKS.has(command.do) ? 'stale' : code
  return CODES[code] ?? code
}

export function byVerbs(app: TestApp): Driver {
  const staff = people(app)
  const as = (who: Operator): Context => ({
    ...app.north.ctx,
    actor: { kind: 'operator', id: staff[who].memberId, name: staff[who].name, role: staff[who].role, scopes: ['*'] },
  })
  return async (subject, command, state, key) => {
    try {
      const done = await verb(app, as, subject, command, state, key)
      return typeof done === 'string' ? done : 'ok'
    } catch (error) {
      if (error instanceof AppError) return nameOf(error.code, command)
      throw error
    }
  }
}

function verb(
  app: TestApp,
  as: (who: Operator) => Context,
  subject: Subject,
  command: Command,
  state: State,
  key: string,
): Promise<unknown> {
  const { id, contactId, channelId } = subject
  switch (command.do) {
    case 'takeOver':
      return takeOver(as(command.by), id, { announce: true, force: command.force })
    case 'handBack':
      return handBack(as(command.by), id, { announce: true })
    case 'pause':
      return pause(as(command.by), id)
    case 'handoff':
      return requestHandoff(as(command.by), id, { reason: 'asked', by: 'operator' })
    case 'agentHandoff':
      return requestHandoff(app.north.ctx, id, { reason: 'asked', by: 'agent', epoch: state.epoch - command.ago })
    case 'close':
      return closeConversation(as(command.by), id)
    case 'archive':
      return archiveConversation(as(command.by), id)
    case 'reopen':
      return reopenConversation(as(command.by), id)
    case 'block':
      return blockContact(as(command.by), contactId, { channelId, reason: null, expiresAt: null })
    case 'unblock':
      return unblockContact(as(command.by), contactId, channelId)
    case 'read':
      return actAlone(as(command.by), id, { type: 'read' })
    case 'note':
      return addNote(as(command.by), id, { text: key }).then(() => 'appended')
    case 'coaching':
      return addCoaching(as(command.by), id, { text: key }).then(() => 'appended')
    case 'operatorSays':
      return operatorSays(as(command.by), id, state, key)
    case 'repeat':
      return state.kept ? again(app, subject, state.kept.key, command.same) : Promise.resolve('ok')
    default:
      return app.north.ctx.append(itemOf(app, subject, command, state, key)).then(told)
  }
}

const told = ({ outcome, position }: Appended): string => (outcome === 'duplicate' ? `duplicate ${position}` : outcome)

/** The verb does not say whether it reopened; that it did is seen in the state. */
async function operatorSays(ctx: Context, id: string, state: State, key: string): Promise<string> {
  await sayAsOperator(ctx, id, { text: key, clientKey: key })
  return state.status === 'active' ? 'appended' : 'reopened'
}

function itemOf(app: TestApp, { id, contactId }: Subject, command: Command, state: State, key: string): AppendItem {
  const common = { workspaceId: app.north.id, conversationId: id, kind: 'message' as const, text: key, clientKey: key }
  if (command.do === 'contactSays')
    return { ...common, author: { kind: 'contact', id: contactId, name: null }, origin: command.at }
  if (command.do === 'agentSays') {
    // A live agent always names its epoch; one elsewhere may leave it out.
    const ago = command.at === 'live' ? (command.ago ?? 0) : command.ago
    return {
      ...common,
      author: { kind: 'agent', id: null, name: 'Freya' },
      origin: command.at,
      epoch: ago === null ? null : state.epoch - ago,
    }
  }
  return { ...common, author: { kind: 'operator', id: null, name: 'Phone' }, origin: 'ingest' }
}

/** Sends what the log holds under the key again, as it is or with other words. */
async function again(app: TestApp, { id }: Subject, key: string, same: boolean): Promise<string> {
  const { rows } = await app.database.owner.query(
    `select author_kind, author_id, author_name, text, data, client_key from entry where conversation_id = $1 and client_key in ($2, 'x:' || $2)`,
    [id, key],
  )
  const [e] = rows
  const result = await app.north.ctx.append({
    workspaceId: app.north.id,
    conversationId: id,
    kind: 'message',
    author: { kind: e.author_kind, id: e.author_id, name: e.author_name },
    text: same ? e.text : `${e.text} otherwise`,
    data: e.data,
    clientKey: e.client_key,
    epoch: e.author_kind === 'agent' ? 1 : null,
    origin: 'live',
  })
  return told(result)
}

/** What has a door over HTTP goes through it; agents and contacts speak through ingest. */
export function byHttp(app: TestApp): Driver {
  const staff = people(app)
  const verbs = byVerbs(app)
  const ask = (who: Operator, method: string, path: string, body?: unknown) =>
    staff[who].caller.send(method, path, body)
  return async (subject, command, state, key) => {
    const answer = await overHttp(app, ask, subject, command, state, key)
    if (!answer) return verbs(subject, command, state, key)
    if (answer.status >= 400) return nameOf(answer.body.code, command)
    if (!SPEAKS.has(command.do)) return 'ok'
    return command.do !== 'note' && command.do !== 'coaching' && command.do !== 'agentSays' && state.status !== 'active'
      ? 'reopened'
      : 'appended'
  }
}

type Ask = (who: Operator, method: string, path: string, body?: unknown) => Promise<Answer>

async function overHttp(
  app: TestApp,
  ask: Ask,
  subject: Subject,
  command: Command,
  state: State,
  key: string,
): Promise<Answer | undefined> {
  const path = `/api/v1/conversations/${subject.id}`
  const contact = `/api/v1/contacts/${subject.contactId}`
  const ingest = (author: string, more: object = {}) =>
    app.north.machine.post('/api/v1/ingest/messages', {
      conversation: { externalId: subject.externalId },
      message: { externalId: key, author, text: key, ...more },
    })
  switch (command.do) {
    case 'takeOver':
      return ask(command.by, 'PUT', `${path}/control`, { control: 'operator', force: command.force })
    case 'handBack':
      return ask(command.by, 'PUT', `${path}/control`, { control: 'agent' })
    case 'pause':
      return ask(command.by, 'PUT', `${path}/control`, { control: 'paused' })
    case 'handoff':
      return ask(command.by, 'POST', `${path}/handoff`, { reason: 'asked' })
    case 'close':
    case 'archive':
    case 'reopen':
    case 'read':
      return ask(command.by, 'POST', `${path}/${command.do}`)
    case 'block':
    case 'unblock':
      return ask(command.by, 'POST', `${contact}/${command.do}`, { channelId: subject.channelId })
    case 'operatorSays':
      return ask(command.by, 'POST', `${path}/messages`, { text: key, clientKey: key })
    case 'note':
      return ask(command.by, 'POST', `${path}/notes`, { text: key })
    case 'coaching':
      return ask(command.by, 'POST', `${path}/coaching`, { text: key })
    case 'contactSays':
      return ingest('contact')
    case 'humanElsewhereSays':
      return ingest('operator')
    case 'agentSays': {
      const epoch = command.ago === null ? undefined : state.epoch - command.ago
      return epoch !== undefined && epoch < 1 ? undefined : ingest('agent', { epoch })
    }
    default:
      return undefined
  }
}
