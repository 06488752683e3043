/** HTTP edge of calls. One line per endpoint; what a line does is in its verb's file. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getCall, listCalls } from './read-calls.ts'

export function callRoutes(bind: Bind): void {
  bind(api.listCalls, (ctx) => listCalls(ctx))
  bind(api.getCall, (ctx, { params }) => getCall(ctx, params.id))
}
