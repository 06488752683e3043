/** For every endpoint of the contracts a request that succeeds, on things of a given workspace made for it: what the guarantees vary. */

import type { Endpoint } from '@earshot/contracts'
import * as contracts from '@earshot/contracts'
import type { TestApp, TestWorkspace } from '../app.ts'
import type { Answer, Caller } from '../caller.ts'
import { maker, triggerNamed } from './maker.ts'
import { none, onContact, onConversation, one, type Parts, type Sample } from './sample.ts'
import { AGENTS } from './samples-of-agents.ts'
import { CALL_PEOPLE } from './samples-of-call-people.ts'
import { CALLS } from './samples-of-calls.ts'
import { INSIGHTS } from './samples-of-insights.ts'
import { KNOWLEDGE } from './samples-of-knowledge.ts'
import { REACH } from './samples-of-reach.ts'
import { RECORDINGS } from './samples-of-recordings.ts'
import { REVIEW_QUEUE } from './samples-of-review-queue.ts'
import { REVIEWS } from './samples-of-reviews.ts'
import { RULES } from './samples-of-rules.ts'
import { VOICE } from './samples-of-voice.ts'

export type { Parts } from './sample.ts'

export const ENDPOINTS: Endpoint[] = Object.values(contracts as Record<string, unknown>).filter(isEndpoint)

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
}

const perLoad = (value: number) => ({ voice: value, chat: value, mail: value })
/** Nothing is offered by itself, so that what a request finds is what it made. */
const QUEUE_SETTINGS = {
  caps: perLoad(5),
  offerSeconds: perLoad(60),
  firstAnswerMinutes: perLoad(5),
  nextAnswerMinutes: perLoad(5),
  offers: false,
  escalateAfterMinutes: null,
}
const HOURS = {
  timeZone: 'Europe/Helsinki',
  always: true,
  week: [[], [], [], [], [], [], []],
  holidays: [],
  closedText: '',
  askForDetails: true,
  pauseClocks: true,
}

/** One line for each endpoint; one without a line fails the build. */
export const SAMPLES: Record<string, Sample> = {
  ...REACH,
  ...REVIEWS,
  ...RULES,
  ...VOICE,
  ...RECORDINGS,
  ...CALLS,
  ...CALL_PEOPLE,
  ...REVIEW_QUEUE,
  ...INSIGHTS,
  'setup.get': none,
  'setup.create': () => ({
    body: { name: 'Eve', email: 'eve@example.com', password: 'another password', workspaceName: 'Eve' },
  }),
  'team.me': none,
  'team.getWorkspace': none,
  'team.changeWorkspace': () => ({ body: { reviewAfterMinutes: 10 } }),
  'stages.list': none,
  'team.listMembers': none,
  'team.changeMember': async (make) => ({ ...one(await make.member()), body: { role: 'supervisor' } }),
  'team.removeMember': async (make) => one(await make.member()),
  'team.listInvitations': none,
  'team.invite': (make) => ({ body: { email: `${make.key()}@example.com`, role: 'viewer' } }),
  'team.resendInvitation': async (make) => ({ ...one((await make.invitation()).id), body: {} }),
  'team.revokeInvitation': async (make) => one((await make.invitation()).id),
  'team.readInvitation': async (make) => ({ body: { token: (await make.invitation()).token } }),
  'team.acceptInvitation': async (make) => ({
    body: { token: (await make.invitation()).token, name: make.text('name'), password: 'another password' },
  }),
  'team.listApiKeys': none,
  'team.createApiKey': () => ({ body: { name: 'A key', scopes: ['ingest'] } }),
  'team.revokeApiKey': async (make) => one(await make.apiKey()),
  'team.listAuditLog': none,
  'contacts.get': onContact,
  'contacts.list': none,
  'contacts.change': async (make) => ({ ...(await onContact(make)), body: { name: make.text('name') } }),
  'contacts.listConversations': onContact,
  'contacts.block': async (make) => ({ ...(await onContact(make)), body: { channelId: await make.channel() } }),
  'contacts.unblock': async (make) => ({ ...(await onContact(make)), body: { channelId: await make.channel() } }),
  'channels.list': none,
  'channels.create': async (make) => ({ body: { name: make.text('channel'), agentId: await make.agent() } }),
  'channels.change': async (make) => ({ ...one(await make.channel()), body: { agentId: await make.agent() } }),
  'channels.archive': async (make) => one(await make.channel()),
  'views.list': none,
  'views.count': none,
  'views.create': (make) => ({ body: { name: make.text('view'), shared: true, filter: { status: ['active'] } } }),
  'views.change': async (make) => ({ ...one(await make.view()), body: { name: make.text('view') } }),
  'views.delete': async (make) => one(await make.view()),
  'views.order': async (make) => ({ body: { ids: [await make.view()] } }),
  'views.getPreferences': none,
  'views.setPreferences': () => ({ body: { layout: 'table', sort: '-rating', columns: [{ key: 'agent' }] } }),
  'visits.ofConversation': onConversation(),
  'conversations.listFlows': none,
  'triggers.list': none,
  'triggers.create': (make) => ({ body: triggerNamed(make.text('trigger')) }),
  'triggers.change': async (make) => ({ ...one(await make.trigger()), body: { enabled: true } }),
  'triggers.sign': async (make) => one(await make.trigger()),
  'triggers.delete': async (make) => one(await make.trigger()),
  ...AGENTS,
  ...KNOWLEDGE,
  'conversations.list': async (make) => ({
    query: { agentId: await make.agent(), contactId: await make.contact(), assigneeId: await make.member() },
  }),
  'conversations.count': async (make) => ({ query: { agentId: await make.agent(), contactId: await make.contact() } }),
  'conversations.get': onConversation(),
  'conversations.change': async (make) => ({
    ...one(await make.conversation()),
    body: { title: make.text('title'), stage: 'opportunity', assigneeId: await make.member() },
  }),
  'conversations.listEntries': onConversation(),
  'conversations.say': async (make) => ({
    ...one(await make.takenOver()),
    body: { text: make.text('answer'), attachmentIds: [await make.file()] },
  }),
  'conversations.addNote': onConversation({ text: 'A note' }),
  'conversations.addCoaching': onConversation({ text: 'Offer the grant' }),
  'conversations.setControl': onConversation({ control: 'paused' }),
  'conversations.requestHandoff': onConversation({ reason: 'Too hard' }),
  'conversations.close': onConversation(),
  'conversations.reopen': onConversation(),
  'conversations.archive': onConversation(),
  'conversations.markRead': onConversation(),
  'conversations.deleteRating': onConversation(),
  'conversations.getMemory': onConversation(),
  'conversations.changeMemory': onConversation({ memory: { order: 'A-17' } }),
  'conversations.listAudio': async (make) => one((await make.voiceMessage()).id),
  'conversations.streamAudio': async (make) => ({ params: { ...(await make.voiceMessage()) } }),
  'conversations.getAudioPeaks': async (make) => ({ params: { ...(await make.voiceMessage()) } }),
  'conversations.downloadAudio': async (make) => one((await make.voiceMessage()).id),
  'conversations.act': onConversation({ action: { type: 'priority', priority: 'high' } }),
  'conversations.undo': async (make) => make.changed(),
  'conversations.bulk': async (make) => ({
    body: { selection: { ids: [await make.conversation()] }, action: { type: 'priority', priority: 'high' } },
  }),
  'conversations.assign': onConversation({ assigneeId: null }),
  'conversations.markUnread': onConversation(),
  'conversations.unarchive': async (make) => one(await make.archived()),
  'conversations.listFlags': onConversation(),
  'conversations.addFlag': async (make) => ({
    ...one(await make.conversation()),
    body: { reason: make.text('reason') },
  }),
  'conversations.resolveFlag': async (make) => ({ params: await make.flagged(), body: { state: 'confirmed' } }),
  'conversations.listFunctions': onConversation(),
  'conversations.listMatches': async (make) => ({ ...one(await make.conversation()), query: { q: 'order' } }),
  'queue.list': (make) => ({ query: { state: 'waiting', skill: make.text('skill') } }),
  'queue.mine': none,
  'queue.change': async (make) => ({ ...one(await make.waiting()), body: { skills: [make.text('skill')] } }),
  'queue.claim': async (make) => one(await make.waiting()),
  'queue.accept': async (make) => one(await make.takenOver()),
  'queue.decline': async (make) => one(await make.offered()),
  'queue.release': async (make) => ({ ...one(await make.takenOver()), body: { note: make.text('note') } }),
  'queue.transfer': async (make) => ({ ...one(await make.waiting()), body: { teamId: await make.team() } }),
  'queue.listOperators': none,
  'queue.changeOperator': async (make) => ({ ...one(await make.member()), body: { skills: [make.text('skill')] } }),
  'queue.getPresence': none,
  'queue.setPresence': () => ({ body: { state: 'busy' } }),
  'queue.getSettings': none,
  'queue.setSettings': () => ({ body: QUEUE_SETTINGS }),
  'queue.listTeams': none,
  'queue.createTeam': (make) => ({ body: { name: make.text('team') } }),
  'queue.changeTeam': async (make) => ({ ...one(await make.team()), body: { name: make.text('team') } }),
  'queue.deleteTeam': async (make) => one(await make.team()),
  'queue.listSkills': none,
  'queue.renameSkill': (make) => ({ body: { from: make.text('skill'), to: make.text('skill') } }),
  'queue.getHours': none,
  'queue.setHours': () => ({ body: HOURS }),
  'jobs.list': none,
  'jobs.get': async (make) => one(await make.job()),
  'jobs.cancel': async (make) => one(await make.waitingJob()),
  'jobs.undo': async (make) => one(await make.job()),
  'stages.create': (make) => ({ body: { name: make.text('stage'), category: 'open' } }),
  'stages.change': async (make) => ({ params: { key: await make.stage() }, body: { name: make.text('stage') } }),
  'stages.delete': async (make) => ({ params: { key: await make.stage() }, query: { moveTo: 'in_progress' } }),
  'stages.order': async (make) => ({ body: { keys: await make.stages() } }),
  'stages.count': none,
  'tags.list': none,
  'tags.change': async (make) => ({ body: { from: { key: await make.tag(), value: '' }, to: null } }),
  'transcripts.get': onConversation(),
  'exports.create': async (make) => ({ body: { selection: { ids: [await make.conversation()] }, format: 'csv' } }),
  'exports.list': none,
  'exports.get': async (make) => one(await make.exported()),
  'exports.download': async (make) => one(await make.exported()),
  'exports.link': async (make) => one(await make.exported()),
  'exports.remove': async (make) => one(await make.exported()),
  'deletions.preview': onConversation(),
  'deletions.delete': onConversation({}),
  'deletions.deleteMany': async (make) => ({ body: { selection: { ids: [await make.conversation()] } } }),
  'deletions.listTombstones': none,
  'briefs.get': async (make) => one(await make.briefed()),
  'briefs.write': onConversation(),
  'reviews.getSoFar': onConversation(),
  'contacts.merge': async (make) => ({ ...(await onContact(make)), body: { contactId: await make.contact() } }),
  'contacts.unmerge': async (make) => {
    const { id, mergeId } = await make.mergedContact()
    return { ...one(id), body: { mergeId } }
  },
  'contacts.listMerges': onContact,
  'contacts.listSimilar': onContact,
  'conversations.merge': async (make) => {
    const [id, conversationId] = await make.pair()
    return { ...one(id), body: { conversationId } }
  },
  'conversations.split': async (make) => ({ ...one(await make.conversation()), body: { position: 2 } }),
  'conversations.listMerges': onConversation(),
  'conversations.undoMerge': async (make) => ({ params: await make.merged() }),
  'reviews.get': async (make) => one(await make.reviewed()),
  'reviews.regenerate': onConversation(),
  'reviews.list': async (make) => one(await make.reviewed()),
  'files.upload': () => ({ form: 'a file' }),
  'files.download': async (make) => one(await make.file()),
  'ingest.file': () => ({ form: 'a file' }),
  'ingest.message': (make) => ({
    body: {
      conversation: { externalId: make.text('conversation'), agent: make.text('agent') },
      message: { externalId: 'm1', author: 'contact', text: make.text('message') },
    },
  }),
  'ingest.conversations': (make) => ({ body: { items: [make.wholeConversation()] } }),
  'live.stream': async (make) => ({ query: { follow: await make.conversation() } }),
  'live.poll': async (make) => ({ query: { follow: await make.conversation(), cursor: '1.1' } }),
  'live.follow': async (make) => ({ body: { streamId: 'none', conversationIds: [await make.conversation()] } }),
  'live.typing': async (make) => ({ body: { conversationId: await make.conversation(), active: true } }),
}

/** The request of an endpoint that succeeds in this workspace. */
export async function sampleOf(app: TestApp, workspace: TestWorkspace, endpoint: Endpoint): Promise<Parts> {
  const sample = SAMPLES[endpoint.id]
  if (!sample) throw new Error(`${endpoint.id} has no line in SAMPLES`)
  return sample(maker(app, workspace))
}

export function pathOf(endpoint: Endpoint, { params = {}, query = {} }: Parts): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(query).toString()
  return search ? `${path}?${search}` : path
}

/** Sends it; of a stream only the status is waited for. */
export async function send(
  caller: Caller,
  endpoint: Endpoint,
  parts: Parts,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const path = pathOf(endpoint, parts)
  if (endpoint.id === 'live.stream') return peek(caller, path, headers)
  if (parts.form === undefined) return caller.send(endpoint.method, path, parts.body, headers)
  const form = new FormData()
  form.append('file', new Blob([parts.form]), 'file.txt')
  const answer = await fetch(caller.url + path, {
    method: 'POST',
    headers: { ...caller.headers, ...headers },
    body: form,
  })
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

async function peek(caller: Caller, path: string, headers: Record<string, string>): Promise<Answer> {
  const stop = new AbortController()
  const answer = await fetch(caller.url + path, { headers: { ...caller.headers, ...headers }, signal: stop.signal })
  const body = answer.ok ? '' : await answer.json()
  stop.abort()
  return { status: answer.status, body, headers: answer.headers }
}
