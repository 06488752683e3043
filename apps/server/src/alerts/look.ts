/**
 * Look at an alert: reads its figure, and when it stands elsewhere than before notes that and tells people, all in one transaction under
 * the alert's lock. Whoever looks next finds it told.
 */
import type { AlertState } from '@earshot/contracts'
import { notify } from '../notifications/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { queueCall } from './call-webhook.ts'
import { judge, sayOf } from './judge.ts'
import {
  type AlertContent,
  type AlertRow,
  claimAlerts,
  insertChange,
  isQuietNow,
  lockAlert,
  putStanding,
  type Watch,
} from './queries.ts'
import { type Reading, readFlag, readMetric } from './queries-metrics.ts'

const AT_ONCE = 50
const EVERY_S = 60

/** The sweep: each alert once a minute, by whichever node comes first. */
export async function lookAtAlerts(services: Services): Promise<number> {
  const claimed = await claimAlerts(services.db, AT_ONCE, EVERY_S)
  for (const { workspaceId, id } of claimed) {
    await lookAt(asSystem(services, workspaceId), id).catch((error) =>
      services.log.error({ err: error, alert: id }, 'an alert could not be looked at'),
    )
  }
  return claimed.length
}

export const thresholdsOf = (row: AlertRow): Omit<AlertContent, 'byName'> => ({
  name: row.name,
  watch: row.watch as Watch,
  compare: row.compare,
  warnAt: row.warnAt,
  alertAt: row.alertAt,
  windowMinutes: row.windowMinutes,
  least: row.least,
  agentIds: row.agentIds,
  channelIds: row.channelIds,
  tellApp: row.tellApp,
  webhookUrl: row.webhookUrl,
  enabled: row.enabled,
})

export function read(tx: Tx, workspaceId: string, alert: Omit<AlertContent, 'byName'>): Promise<Reading> {
  const { watch, windowMinutes: minutes, agentIds, channelIds } = alert
  const window = { workspaceId, minutes, agentIds, channelIds }
  return watch.kind === 'flag' ? readFlag(tx, watch.code, window) : readMetric(tx, watch.metric, window)
}

export function lookAt(ctx: Context, id: string): Promise<void> {
  return transact(ctx, async (tx) => {
    const row = await lockAlert(tx, ctx.workspaceId, id)
    if (!row?.enabled) return
    const alert = thresholdsOf(row)
    const reading = await read(tx, ctx.workspaceId, alert)
    const state = judge(alert, reading)
    const changed = state !== row.state
    const quiet = await isQuietNow(tx, row)
    // What happened while it was quiet is told afterwards, if it still stands; what is over by then is not.
    const telling = state !== row.told && !quiet && isWorthTelling(row.told, state)
    const told = telling || (!quiet && state !== row.told) ? state : row.told
    const says = sayOf(alert, state, reading)
    await putStanding(tx, { workspaceId: ctx.workspaceId, id }, { state, told, ...reading, changed })
    if (changed || telling) {
      const changeId = await insertChange(tx, {
        workspaceId: ctx.workspaceId,
        alertId: id,
        fromState: changed ? row.state : row.told,
        toState: state,
        ...reading,
        says,
        told: telling,
      })
      if (telling) await tell(tx, ctx, row, { changeId, state, says, reading })
    }
    if (changed || telling || reading.value !== row.value)
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'alerts', id })
  })
}

/** A quiet night is no news: nobody is told that there is no data where all was well, nor that all is well again after that. */
const isWorthTelling = (told: AlertState, state: AlertState): boolean =>
  ![told, state].every((one) => one === 'ok' || one === 'no_data')

interface Happened {
  changeId: string
  state: AlertState
  says: string
  reading: Reading
}

async function tell(tx: Tx, ctx: Context, row: AlertRow, { changeId, state, says, reading }: Happened): Promise<void> {
  if (row.tellApp)
    await notify(tx, ctx, {
      kind: 'alert',
      conversationId: null,
      alert: { id: row.id, name: row.name, says },
      memberIds: null,
      exceptId: null,
      fact: `alert ${changeId}`,
    })
  if (row.webhookUrl !== null)
    await queueCall(tx, ctx, row, { id: changeId, type: 'alert.changed', state, from: row.told, says, ...reading })
}
