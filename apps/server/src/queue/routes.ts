/** HTTP edge of the queue: one line an endpoint. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { acceptOffer, declineOffer } from './answer-offer.ts'
import { changeOperator } from './change-operator.ts'
import { changeQueued } from './change-queued.ts'
import { claim } from './claim.ts'
import { listMine, listOperators, listQueue } from './list.ts'
import { getPresence, noteSeen, setPresence } from './presence.ts'
import { release } from './release.ts'
import { getSettings, setSettings } from './settings.ts'
import { changeTeam, createTeam, deleteTeam, listSkills, listTeams, renameSkill } from './teams.ts'
import { transfer } from './transfer.ts'

export function queueRoutes(bind: Bind): void {
  bind(api.listQueue, (ctx, { query }) => listQueue(ctx, query))
  bind(api.listMyQueue, async (ctx) => {
    await noteSeen(ctx)
    return listMine(ctx)
  })
  bind(api.changeQueued, (ctx, { params, body }) => changeQueued(ctx, params.id, body))
  bind(api.claimConversation, (ctx, { params, body }) => claim(ctx, params.id, body))
  bind(api.acceptOffer, (ctx, { params, body }) => acceptOffer(ctx, params.id, body))
  bind(api.declineOffer, (ctx, { params, body }) => declineOffer(ctx, params.id, body))
  bind(api.releaseConversation, (ctx, { params, body }) => release(ctx, params.id, body))
  bind(api.transferConversation, (ctx, { params, body }) => transfer(ctx, params.id, body))
  bind(api.listOperators, (ctx) => listOperators(ctx))
  bind(api.changeOperator, (ctx, { params, body }) => changeOperator(ctx, params.id, body))
  bind(api.getPresence, (ctx) => getPresence(ctx))
  bind(api.setPresence, (ctx, { body }) => setPresence(ctx, body))
  bind(api.getQueueSettings, (ctx) => getSettings(ctx))
  bind(api.setQueueSettings, (ctx, { body }) => setSettings(ctx, body))
  teamRoutes(bind)
}

function teamRoutes(bind: Bind): void {
  bind(api.listTeams, (ctx) => listTeams(ctx))
  bind(api.createTeam, (ctx, { body }) => createTeam(ctx, body))
  bind(api.changeTeam, (ctx, { params, body }) => changeTeam(ctx, params.id, body))
  bind(api.deleteTeam, (ctx, { params }) => deleteTeam(ctx, params.id))
  bind(api.listSkills, (ctx) => listSkills(ctx))
  bind(api.renameSkill, (ctx, { body }) => renameSkill(ctx, body))
}
