/** HTTP edge of the conversation log. One line per endpoint; what a line does is in its verb's file. */
import * as api from '@earshot/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bind } from '../platform/bind.ts'
import type { Context } from '../platform/context.ts'
import { getConversation, listEntries } from './access.ts'
import { changeConversation, changeMemory, deleteRating } from './change.ts'
import { archiveConversation, closeConversation, reopenConversation } from './close.ts'
import { countConversations, listConversations, listOfContact } from './list.ts'
import { listFlows } from './list-flows.ts'
import { listFunctions } from './list-functions.ts'
import { mergeRoutes } from './merge/routes-merge.ts'
import { requestHandoff } from './request-handoff.ts'
import { addCoaching, addNote, type Said, sayAsOperator } from './say.ts'
import { listMatches } from './search/index.ts'
import { setControl } from './set-control.ts'
import { workRoutes } from './work/routes.ts'
import { vocabularyRoutes } from './work/routes-vocabulary.ts'

export function conversationRoutes(bind: Bind): void {
  bind(api.listConversations, (ctx, { query }) => listConversations(ctx, query))
  bind(api.countConversations, (ctx, { query }) => countConversations(ctx, query))
  bind(api.getConversation, (ctx, { params }) => getConversation(ctx, params.id))
  bind(api.listFlows, (ctx, { query }) => listFlows(ctx, query))
  bind(api.listMatches, (ctx, { params, query }) => listMatches(ctx, params.id, query))
  bind(api.listEntries, (ctx, { params, query }) => listEntries(ctx, params.id, query))
  bind(api.listFunctions, (ctx, { params, query }) => listFunctions(ctx, params.id, query))
  bind(api.listContactConversations, (ctx, { params, query }) => listOfContact(ctx, params.id, query))
  sayRoutes(bind)
  changeRoutes(bind)
  workRoutes(bind)
  vocabularyRoutes(bind)
  mergeRoutes(bind)
}

function sayRoutes(bind: Bind): void {
  const said = async (
    given: { request: FastifyRequest; reply: FastifyReply; body: { text: string; clientKey?: string | undefined } },
    write: (s: Said) => ReturnType<typeof sayAsOperator>,
  ) => {
    const header = given.request.headers['idempotency-key']
    const { entry, duplicate } = await write({
      text: given.body.text,
      clientKey: given.body.clientKey ?? (typeof header === 'string' && header ? header.slice(0, 200) : undefined),
    })
    if (duplicate) given.reply.code(200)
    return entry
  }
  bind(api.sayAsOperator, (ctx, input) =>
    said(input, async (s) => sayAsOperator(ctx, input.params.id, { ...s, attachmentIds: input.body.attachmentIds })),
  )
  bind(api.addNote, (ctx, input) =>
    said(input, (s) => addNote(ctx, input.params.id, { ...s, mentions: input.body.mentions })),
  )
  bind(api.addCoaching, (ctx, input) => said(input, (s) => addCoaching(ctx, input.params.id, s)))
}

function changeRoutes(bind: Bind): void {
  bind(api.changeConversation, (ctx, { params, body }) => patch(ctx, params.id, body))
  bind(api.setControl, (ctx, { params, body }) => setControl(ctx, params.id, body))
  bind(api.requestHandoff, (ctx, { params, body }) => requestHandoff(ctx, params.id, { ...body, by: 'operator' }))
  bind(api.closeConversation, (ctx, { params }) => closeConversation(ctx, params.id))
  bind(api.reopenConversation, (ctx, { params }) => reopenConversation(ctx, params.id))
  bind(api.archiveConversation, (ctx, { params }) => archiveConversation(ctx, params.id))
  bind(api.deleteRating, (ctx, { params }) => deleteRating(ctx, params.id))
  bind(api.getMemory, async (ctx, { params }) => ({ memory: (await getConversation(ctx, params.id)).memory }))
  bind(api.changeMemory, (ctx, { params, body }) => changeMemory(ctx, params.id, body.memory))
}

/** A change of status is a command of its own; the rest is one change. */
async function patch(
  ctx: Context,
  id: string,
  body: Parameters<typeof changeConversation>[2] & { status?: api.Status | undefined },
): Promise<api.Conversation> {
  const { status, ...change } = body
  const changed = await changeConversation(ctx, id, change)
  if (status === 'closed') return closeConversation(ctx, id)
  if (status === 'archived') return archiveConversation(ctx, id)
  if (status === 'active') return reopenConversation(ctx, id)
  return changed
}
