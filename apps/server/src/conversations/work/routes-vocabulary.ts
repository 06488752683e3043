/** HTTP edge of stages and tags. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { changeStage, countStages, createStage, deleteStage, orderStages } from '../stages/change-stages.ts'
import { changeTag, listTags } from '../tags/change-tag.ts'

export function vocabularyRoutes(bind: Bind): void {
  bind(api.createStage, (ctx, { body }) => createStage(ctx, body))
  bind(api.changeStage, (ctx, { params, body }) => changeStage(ctx, params.key, body))
  bind(api.orderStages, (ctx, { body }) => orderStages(ctx, body.keys))
  bind(api.deleteStage, (ctx, { params, query }) => deleteStage(ctx, params.key, query.moveTo))
  bind(api.countStages, (ctx) => countStages(ctx))
  bind(api.listTags, (ctx, { query }) => listTags(ctx, query))
  bind(api.changeTag, (ctx, { body }) => changeTag(ctx, body))
}
