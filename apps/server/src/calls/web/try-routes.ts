/** HTTP edge of first calls, and of what is left to do after one. One line per endpoint. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { listWrapUps, putWrapUp } from '../wrapup/index.ts'
import { readCallMedia } from './read-call-media.ts'
import { reachedBy } from './routes.ts'
import { sayOnTried } from './say-on-tried.ts'
import { tryCall } from './try-call.ts'

export function callPeopleRoutes(bind: Bind): void {
  bind(api.getCallMedia, (ctx, { request }) => readCallMedia(ctx, reachedBy(request)))
  bind(api.tryCall, (ctx, { body, request }) => tryCall(ctx, body, reachedBy(request)))
  bind(api.sayOnTriedCall, (ctx, { params, body }) => sayOnTried(ctx, params.id, body))
  bind(api.listWrapUps, (ctx) => listWrapUps(ctx))
  bind(api.putWrapUp, (ctx, { params, body }) => putWrapUp(ctx, params.id, body))
}
