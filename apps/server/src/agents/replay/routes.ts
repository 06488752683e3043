/** HTTP edge of replays. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { getReplay, listReplayed, listReplays } from './read-replays.ts'
import { startReplay } from './start-replay.ts'

export function replayRoutes(bind: Bind): void {
  bind(api.startReplay, (ctx, { params, body }) => startReplay(ctx, params.id, body))
  bind(api.listReplays, (ctx, { params, query }) => listReplays(ctx, params.id, query))
  bind(api.getReplay, (ctx, { params }) => getReplay(ctx, params.id, params.replayId))
  bind(api.listReplayed, (ctx, { params, query }) => listReplayed(ctx, params.id, params.replayId, query))
}
