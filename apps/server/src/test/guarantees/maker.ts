/** Makes things in a workspace through the API, each carrying the workspace's mark, by which a leak is recognised. */
import type { TestApp, TestWorkspace } from '../app.ts'
import { wav } from '../sounds.ts'
import { until } from '../until.ts'
import { agentThings } from './maker-agents.ts'
import { callThings } from './maker-calls.ts'
import { insightThings } from './maker-insights.ts'
import { recordingThings } from './maker-recordings.ts'
import { reviewThings } from './maker-reviews.ts'
import { ruleThings } from './maker-rules.ts'
import { teamThings } from './maker-team.ts'

/** Stands in every text of a workspace's things. */
export const markOf = (workspace: TestWorkspace): string => `mark${workspace.id.replaceAll('-', '').slice(-12)}`

export interface Maker {
  mark: string
  text(what: string): string
  post(path: string, body?: unknown): Promise<{ id: string }>
}

export const triggerNamed = (name: string) => ({
  name,
  conditions: [{ on: 'time', seconds: 5 }],
  action: { do: 'message', text: name },
})

export const macroNamed = (name: string) => ({
  name,
  shared: true,
  steps: [{ type: 'act', action: { type: 'priority', priority: 'high' } }],
})

export const planNamed = (name: string) => ({
  kind: 'inactivity',
  name,
  steps: [{ afterMinutes: 1000, text: name }],
  end: { do: 'close', afterMinutes: 1000 },
})

export type Make = ReturnType<typeof maker>

export function maker(app: TestApp, workspace: TestWorkspace) {
  const { owner } = workspace.people
  const mark = markOf(workspace)
  const text = (what: string) => `${mark} ${what} ${crypto.randomUUID().slice(0, 8)}`
  async function post(path: string, body?: unknown): Promise<{ id: string }> {
    const answer = await owner.caller.post(path, body)
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const talks = conversations(workspace, { mark, text, post })
  return {
    mark,
    text,
    post,
    ...talks,
    ...worked(workspace, { mark, text, post }, talks),
    ...others(app, workspace, { mark, text, post }, talks),
    ...insightThings(app, workspace, { text, post }, talks.conversation),
    ...recordingThings(app, workspace, talks.conversation),
    ...callThings(app, workspace),
    ...reviewThings(workspace, { text, post }, talks.wholeConversation),
    ...ruleThings(workspace, { text, post }),
    ...teamThings(app, workspace, { mark, text, post }),
    ...agentThings(app, workspace, { text, post }, talks.conversation),
  }
}

function conversations({ machine, people: { owner } }: TestWorkspace, { mark, text, post }: Maker) {
  const wholeConversation = () => ({
    externalId: text('external'),
    agent: `${mark} Freya`,
    title: text('title'),
    contact: {
      externalId: text('person'),
      name: text('name'),
      email: `${mark}@example.com`,
      attributes: { plan: mark },
    },
    rating: { stars: 4, comment: text('comment') },
    memory: { order: mark },
    tags: [mark],
    messages: [
      { externalId: 'm1', author: 'contact', text: text('Where is the order that I placed, and when does it come?') },
      { externalId: 'm2', author: 'agent', text: text('It comes on Monday.') },
    ],
  })
  async function conversation(): Promise<string> {
    const { body } = await machine.post('/api/v1/ingest/conversations', { items: [wholeConversation()] })
    const [result] = body.results
    if (!result?.id) throw new Error(`the conversation was refused: ${JSON.stringify(body)}`)
    return result.id
  }
  return {
    wholeConversation,
    conversation,
    async takenOver() {
      const id = await conversation()
      await owner.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
      return id
    },
    /** A conversation that waits for a person. */
    async waiting() {
      const id = await conversation()
      await post(`/api/v1/conversations/${id}/handoff`, { reason: text('reason') })
      return id
    },
    /** A conversation with one voice message of its operator. */
    async voiceMessage(): Promise<{ id: string; audioId: string }> {
      const id = await conversation()
      await owner.caller.put(`/api/v1/conversations/${id}/control`, { control: 'operator' })
      const form = new FormData()
      form.append('file', new Blob([wav(0.1) as BlobPart]), `${text('voice')}.wav`)
      const { url, headers } = owner.caller
      const answer = await fetch(`${url}/api/v1/files`, { method: 'POST', headers, body: form })
      const { id: audioId } = (await answer.json()) as { id: string }
      await post(`/api/v1/conversations/${id}/messages`, { text: '', attachmentIds: [audioId] })
      return { id, audioId }
    },
    async contact(): Promise<string> {
      return (await owner.caller.get(`/api/v1/conversations/${await conversation()}`)).body.contact.id
    },
  }
}

/** Stores both for the contact of the first. */
async function pairOf(
  machine: TestWorkspace['machine'],
  [first, second]: [{ contact: { externalId: string } }, { contact: { externalId: string } }],
): Promise<[string, string]> {
  const items = [first, { ...second, contact: { externalId: first.contact.externalId } }]
  const { body } = await machine.post('/api/v1/ingest/conversations', { items })
  return [body.results[0].id, body.results[1].id]
}

/** Conversations that something was done to. */
function worked(
  { machine, people: { owner } }: TestWorkspace,
  { mark, text, post }: Maker,
  {
    conversation,
    wholeConversation,
    contact,
  }: Pick<ReturnType<typeof conversations>, 'conversation' | 'wholeConversation' | 'contact'>,
) {
  return {
    async reviewed() {
      const id = await conversation()
      await post(`/api/v1/conversations/${id}/review`)
      return id
    },
    async briefed() {
      const id = await conversation()
      await post(`/api/v1/conversations/${id}/brief`)
      return id
    },
    /** The id of an export that is ready. */
    async exported() {
      const body = { selection: { ids: [await conversation()] }, format: 'csv' }
      const { id } = await post('/api/v1/exports', body)
      const read = () => owner.caller.get(`/api/v1/exports/${id}`)
      await until(async () => (await read()).body.state === 'ready', 'the export is ready')
      return id
    },
    /** Two conversations of one contact. */
    pair: () => pairOf(machine, [wholeConversation(), wholeConversation()]),
    async mergedContact(): Promise<{ id: string; mergeId: string }> {
      const [id, contactId] = [await contact(), await contact()]
      const done = await post(`/api/v1/contacts/${id}/merge`, { contactId })
      return { id, mergeId: (done as unknown as { mergeId: string }).mergeId }
    },
    /** A merge that can be undone. */
    async merged(): Promise<{ id: string; mergeId: string }> {
      const [id, conversationId] = await pairOf(machine, [wholeConversation(), wholeConversation()])
      const done = await post(`/api/v1/conversations/${id}/merge`, { conversationId })
      return { id, mergeId: (done as unknown as { mergeId: string }).mergeId }
    },
    async archived(): Promise<string> {
      const id = await conversation()
      await post(`/api/v1/conversations/${id}/archive`)
      return id
    },
    /** A conversation with a change that can be undone. */
    async changed() {
      const id = await conversation()
      const { changeId } = (await post(`/api/v1/conversations/${id}/actions`, {
        action: { type: 'priority', priority: 'high' },
      })) as unknown as { changeId: string }
      return { params: { id }, body: { changeId } }
    },
    async flagged() {
      const id = await conversation()
      return { id, flagId: (await post(`/api/v1/conversations/${id}/flags`, { reason: text('reason') })).id }
    },
    /** The id of a job that is done and can be undone. */
    async job(): Promise<string> {
      const selection = { ids: [await conversation()] }
      const { id } = await post('/api/v1/conversations/bulk', {
        selection,
        action: { type: 'flag', reason: text('reason') },
      })
      await until(async () => (await owner.caller.get(`/api/v1/jobs/${id}`)).body.state === 'done', 'the job is done')
      return id
    },
    macro: async () => (await post('/api/v1/macros', macroNamed(text('macro')))).id,
    /** A macro that was run and can be undone. */
    async macroRun(): Promise<{ id: string; runId: string }> {
      const id = await conversation()
      const { id: macroId } = await post('/api/v1/macros', macroNamed(text('macro')))
      const run = await post(`/api/v1/conversations/${id}/macros`, { macroId, clientKey: crypto.randomUUID() })
      return { id, runId: run.id }
    },
    async tag(): Promise<string> {
      await conversation()
      return mark
    },
  }
}

function others(
  app: TestApp,
  { id, people: { owner } }: TestWorkspace,
  { mark, text, post }: Maker,
  { conversation }: { conversation(): Promise<string> },
) {
  return {
    agent: async () => (await post('/api/v1/agents', { name: text('agent') })).id,
    channel: async () => (await post('/api/v1/channels', { name: text('channel') })).id,
    view: async () => (await post('/api/v1/views', { name: text('view'), shared: true, filter: {} })).id,
    key: () => `k${crypto.randomUUID().slice(0, 12)}`,
    reply: async () =>
      (
        await post('/api/v1/replies', {
          shortcut: `k${crypto.randomUUID().slice(0, 12)}`,
          title: text('title'),
          body: text('reply'),
          shared: true,
        })
      ).id,
    plan: async () => (await post('/api/v1/follow-ups', planNamed(text('plan')))).id,
    trigger: async () => (await post('/api/v1/triggers', triggerNamed(text('trigger')))).id,
    team: async () => (await post('/api/v1/teams', { name: text('team') })).id,
    /** A waiting conversation that is offered to the owner, whatever the queue would do. */
    async offered(): Promise<string> {
      const id = await conversation()
      await post(`/api/v1/conversations/${id}/handoff`, { reason: text('reason') })
      await app.database.owner.query(
        `insert into queue_offer (workspace_id, conversation_id, member_id, at, until)
         select workspace_id, id, $2, now(), now() + interval '1 hour' from conversation where id = $1`,
        [id, owner.memberId],
      )
      await owner.caller.put('/api/v1/queue/presence', { state: 'available' })
      return id
    },
    /** A job that no node takes: its kind is nobody's. */
    async waitingJob(): Promise<string> {
      const { rows } = await app.database.owner.query<{ id: string }>(
        `insert into job (workspace_id, kind, about, created_by) values ($1, 'nobodys', $2, $3) returning id`,
        [id, { text: mark }, { kind: 'operator', id: null, name: mark }],
      )
      return rows[0]!.id
    },
    stage: async () =>
      ((await post('/api/v1/stages', { name: text('stage'), category: 'open' })) as unknown as { key: string }).key,
    async stages(): Promise<string[]> {
      return (await owner.caller.get('/api/v1/stages')).body.items.map((stage: { key: string }) => stage.key)
    },
    async article() {
      return (await post('/api/v1/knowledge', { title: text('article'), body: text('body'), status: 'published' })).id
    },
    folder: async () => (await post('/api/v1/knowledge-folders', { name: text('folder') })).id,
    async knowledgeImport() {
      const files = [{ name: 'faq.md', base64: Buffer.from(text('article')).toString('base64') }]
      return (await post('/api/v1/knowledge-imports', { files })).id
    },
    async file(): Promise<string> {
      const form = new FormData()
      form.append('file', new Blob([mark]), `${text('file')}.txt`)
      const { url, headers } = owner.caller
      const answer = await fetch(`${url}/api/v1/files`, { method: 'POST', headers, body: form })
      return ((await answer.json()) as { id: string }).id
    },
  }
}
