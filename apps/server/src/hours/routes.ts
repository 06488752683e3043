/** HTTP edge of business hours. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getHours, setHours } from './hours.ts'

export function hoursRoutes(bind: Bind): void {
  bind(api.getHours, (ctx) => getHours(ctx))
  bind(api.setHours, (ctx, { body }) => setHours(ctx, body))
}
