/** What the API description consists of: every endpoint of the contracts, the doors beside them, and the words around them. */

import type { Endpoint } from '@earshot/contracts'
import * as contracts from '@earshot/contracts'
import { z } from 'zod'
import { type Document, type Door, describeApi } from './platform/openapi/index.ts'
import { VERSION } from './version.ts'

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'reply' in value

/** Everything `packages/contracts` exports as an endpoint, so that none can be forgotten. */
export const endpoints: Endpoint[] = Object.values<unknown>(contracts).filter(isEndpoint)

const TAGS: Record<string, string> = {
  conversations: 'The log between one contact and whoever answers, and the commands on it.',
  reviews: 'What the analyser thought of a conversation.',
  reviewQueue: 'Reviews that a person should look at: one reviewer each, and how far the day is.',
  insights: 'What is worth doing: questions nobody could answer, topics, transfers.',
  intents: 'What contacts come for, in the workspace’s own words.',
  reviewEngine: 'Which engine reviews, what its model may cost, and reviewing what is past.',
  contacts: 'The customers, and which of them are blocked.',
  stages: 'The workspace’s own words for how far a conversation has come.',
  tags: 'The tags in use, and changing one everywhere.',
  views: 'Saved views of the list, one’s own or shared, and how one likes the list.',
  jobs: 'Work on much at once: progress, cancel, undo.',
  transcripts: 'One conversation to keep, in six formats.',
  exports: 'Many conversations to keep, as a file.',
  deletions: 'What is deleted for good, and what remains to say so.',
  visits: 'What a visitor did on the pages around a conversation.',
  triggers: 'Rules that show something to visitors.',
  files: 'Attachments.',
  ingest: 'Conversations that happened elsewhere, brought in as they happen or afterwards.',
  live: 'What a screen receives after its first load, so that it never has to reload.',
  agents: 'The AI agents that answer.',
  agentReplies: 'Later answers of agents that live elsewhere.',
  knowledge: 'The articles agents answer from, and what nobody could answer.',
  queue: 'Who waits for a person, who is there, and who has what.',
  briefs: 'What somebody who steps in should know before the first word.',
  replies: 'Canned replies, suggestions, and an answer that closes.',
  macros: 'Several actions by one key.',
  followUps: 'What is written to contacts who fell silent.',
  rubrics: 'What the quality score is made of, in versions.',
  flagRules: 'The workspace’s own flags.',
  alerts: 'What is watched, and told when it passes a threshold.',
  notifications: 'What a person is told, where and when.',
  calls: 'Live conversations in sound: where they are, who hears, who speaks.',
  voice: 'Telephone numbers, trunks, and what a workspace decides about its calls.',
  channels: 'The ways contacts reach the workspace.',
  team: 'The people, the API keys, the audit log and the workspace’s settings.',
  setup: 'The first visit.',
  account: 'Signing in and out, by better-auth. Cookies; only from pages of this installation.',
  visitor: 'What the widget says and hears. Authorised by the visitor’s own token.',
  service: 'Health and metrics of the process.',
}

const VISITOR_ERRORS = ['request.invalid', 'visitor.unknown', 'auth.origin', 'request.rate_limited'] as const
const before = z.object({ before: z.coerce.number().int().positive().optional() })
const after = z.object({
  after: z.string().optional().meta({ description: 'Where to resume, as in `id:`; `Last-Event-ID` wins.' }),
})
const visitor = { tag: 'visitor', access: 'visitor', errors: VISITOR_ERRORS } as const
const account = { tag: 'account', method: 'post', access: 'session' } as const
const service = { tag: 'service', method: 'get', access: 'public' } as const
const PROMETHEUS = 'text/plain; version=0.0.4'

const DOORS: Door[] = [
  {
    id: 'visitor.startSession',
    ...visitor,
    access: 'public',
    method: 'post',
    path: '/widget/v1/session',
    summary: 'Begin or resume a visitor’s session on a channel',
    body: contracts.StartSession,
    reply: contracts.Session,
    errors: ['request.invalid', 'channel.not_found', 'auth.origin', 'request.rate_limited'],
  },
  {
    id: 'visitor.say',
    ...visitor,
    method: 'post',
    path: '/widget/v1/messages',
    summary: 'Say something; a repeat with the same `clientKey` is answered with the first result',
    body: contracts.SayAsContact,
    reply: contracts.SaidAsContact,
    status: 201,
  },
  {
    id: 'visitor.older',
    ...visitor,
    method: 'get',
    path: '/widget/v1/messages',
    summary: 'Read what came before a position',
    query: before,
    reply: contracts.OlderEntries,
  },
  {
    id: 'visitor.stream',
    ...visitor,
    method: 'get',
    path: '/widget/v1/stream',
    summary: 'Follow the conversation, as server-sent events',
    description:
      'Events: `entries`, `conversation`, `delta`, `typing`, `call`, `caption`, `heartbeat`; their data are those of `VisitorFrame`.',
    query: after,
    replyType: 'text/event-stream',
  },
  {
    id: 'visitor.typing',
    ...visitor,
    method: 'post',
    path: '/widget/v1/typing',
    summary: 'Say that the visitor is typing, or has stopped',
    body: contracts.TypingAsContact,
  },
  {
    id: 'visitor.rate',
    ...visitor,
    method: 'post',
    path: '/widget/v1/rating',
    summary: 'Rate the conversation',
    body: contracts.RateAsContact,
  },
  {
    id: 'visitor.call',
    ...visitor,
    method: 'post',
    path: '/widget/v1/voice',
    summary: 'Begin a call from the browser, or come back to the one that runs',
    body: contracts.StartVoice,
    reply: contracts.VoiceStarted,
    errors: [...VISITOR_ERRORS, 'call.not_offered', 'call.unreachable'],
  },
  {
    id: 'visitor.readCall',
    ...visitor,
    method: 'get',
    path: '/widget/v1/voice',
    summary: 'Read how the call stands, and what is to be said before one begins',
    reply: contracts.VoiceNow,
  },
  {
    id: 'visitor.upload',
    ...visitor,
    method: 'post',
    path: '/widget/v1/upload',
    summary: 'Upload one file, at most 25 MB, to attach to a message',
    body: z.unknown(),
    bodyType: 'multipart/form-data',
    reply: contracts.Attachment,
    status: 201,
    errors: [...VISITOR_ERRORS, 'file.too_large', 'file.empty'],
  },
  {
    id: 'account.signIn',
    ...account,
    access: 'public',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in by e-mail and password',
    body: z.object({ email: z.email(), password: z.string(), rememberMe: z.boolean().optional() }),
  },
  { id: 'account.signOut', ...account, path: '/api/auth/sign-out', summary: 'Sign out' },
  { id: 'service.health', ...service, path: '/healthz', summary: 'Whether the process runs' },
  {
    id: 'service.ready',
    ...service,
    path: '/readyz',
    summary: 'Whether it serves: 503 until it does',
    errors: ['unavailable'],
  },
  { id: 'service.metrics', ...service, path: '/metrics', summary: 'Metrics for Prometheus', replyType: PROMETHEUS },
]

const DESCRIPTION = `JSON in camelCase; times in ISO 8601, UTC; ids are UUIDs.

**Who asks.** Machines send \`Authorization: Bearer esk_…\`, a workspace API key with scopes, made in the settings or by \`bin/earshot api-key create\`. The dashboard uses its session cookie.

**Lists** answer \`{ items, nextCursor }\`. Send \`cursor=<nextCursor>\` for the next page until it is null; \`limit\` is 1 to 200, 50 without it.

**Refusals** are \`application/problem+json\` (RFC 9457) with a stable \`code\`. Unknown fields are refused. 429 and 503 carry \`Retry-After\`.

**Repeats.** Every POST that makes something takes \`Idempotency-Key\`: a repeat is answered with the first reply.

**Additions** may come at any time: new fields, new events, new operations. Ignore what you do not know.`

/** The whole description; the same for every installation of this version. */
export function describeOwnApi(): Document {
  return describeApi({
    title: 'Earshot',
    version: VERSION,
    summary: 'Every conversation of your AI agents: read, steer, judge, bring in.',
    description: DESCRIPTION,
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    endpoints,
    doors: DOORS,
  })
}
