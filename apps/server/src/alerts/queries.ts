/** SQL of alerts: what is watched, where it stands, what became of it. */
import type { Alert, AlertState } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type AlertRow = Selectable<Tables['alert']>
export type Watch = Alert['watch']

export interface AlertContent {
  name: string
  watch: Watch
  compare: 'over' | 'under'
  warnAt: number | null
  alertAt: number
  windowMinutes: number
  least: number
  agentIds: string[]
  channelIds: string[]
  tellApp: boolean
  webhookUrl: string | null
  enabled: boolean
  byName: string | null
}

export type ShownAlert = AlertRow & { callProblem: string | null; lastSentAt: Date | null }

export async function findAlerts(tx: Tx, workspaceId: string, id: string | null = null): Promise<ShownAlert[]> {
  const { rows } = await sql<ShownAlert>`
    select a.*, c.problem as call_problem,
           (select max(s.sent_at) from alert_call s where s.workspace_id = a.workspace_id and s.alert_id = a.id) as last_sent_at
      from alert a
      left join lateral (select problem from alert_call l where l.workspace_id = a.workspace_id and l.alert_id = a.id
                          order by l.id desc limit 1) c on true
     where a.workspace_id = ${workspaceId} and (${id}::uuid is null or a.id = ${id}::uuid)
     order by lower(a.name), a.id`.execute(tx)
  return rows
}

/** Locked: one look at an alert at a time, whoever else looks. */
export async function lockAlert(tx: Tx, workspaceId: string, id: string): Promise<AlertRow | undefined> {
  return tx
    .selectFrom('alert')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function countAlerts(tx: Tx, workspaceId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`alerts ${workspaceId}`}, 5))`.execute(tx)
  const { count } = await tx
    .selectFrom('alert')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return count
}

export async function insertAlert(tx: Tx, workspaceId: string, content: AlertContent): Promise<string> {
  const { id } = await tx
    .insertInto('alert')
    .values({ workspaceId, ...content, watch: JSON.stringify(content.watch) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateAlert(tx: Tx, workspaceId: string, id: string, content: AlertContent): Promise<void> {
  await tx
    .updateTable('alert')
    .set({ ...content, watch: JSON.stringify(content.watch), dueAt: sql<Date>`clock_timestamp()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function putSecret(tx: Tx, workspaceId: string, id: string, secretSealed: string | null): Promise<void> {
  await tx
    .updateTable('alert')
    .set({ secretSealed })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function putQuiet(
  tx: Tx,
  workspaceId: string,
  id: string,
  { muted, snoozeMinutes }: { muted: boolean; snoozeMinutes: number | null },
): Promise<void> {
  await sql`
    update alert set muted = ${muted}, due_at = clock_timestamp(),
           snoozed_until = case when ${snoozeMinutes}::int is null then null else clock_timestamp() + make_interval(mins => ${snoozeMinutes}::int) end
     where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

export async function removeAlert(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('alert').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export interface Claimed {
  workspaceId: string
  id: string
}

export async function claimAlerts(db: Db, limit: number, everySeconds: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    select workspace_id, id from claim_alerts(${limit}, make_interval(secs => ${everySeconds}))`.execute(db)
  return rows
}

export interface Standing {
  state: AlertState
  told: AlertState
  value: number | null
  seen: number
  changed: boolean
}

export async function putStanding(tx: Tx, { workspaceId, id }: Claimed, standing: Standing): Promise<void> {
  const { state, told, value, seen, changed } = standing
  await sql`
    update alert set state = ${state}, told = ${told}, value = ${value}, seen = ${seen}, looked_at = clock_timestamp(),
           since = case when ${changed} then clock_timestamp() else since end
     where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

export interface NewChange {
  workspaceId: string
  alertId: string
  fromState: AlertState
  toState: AlertState
  value: number | null
  seen: number
  says: string
  told: boolean
}

export async function insertChange(tx: Tx, change: NewChange): Promise<string> {
  const { id } = await tx.insertInto('alertChange').values(change).returning('id').executeTakeFirstOrThrow()
  return id
}

export function findChanges(tx: Tx, workspaceId: string, alertId: string, limit: number, before: string | null) {
  let query = tx
    .selectFrom('alertChange')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('alertId', '=', alertId)
  if (before) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Whether it is quiet now, by the database's clock. */
export async function isQuietNow(tx: Tx, { muted, snoozedUntil }: AlertRow): Promise<boolean> {
  if (muted) return true
  if (!snoozedUntil) return false
  const { rows } = await sql<{
    quiet: boolean
  }>`select ${snoozedUntil}::timestamptz > clock_timestamp() as quiet`.execute(tx)
  return rows[0]?.quiet === true
}

export async function pruneAlertRows(db: Db): Promise<void> {
  await sql`select prune_alerts()`.execute(db)
}
