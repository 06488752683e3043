/** Lines as people keep them: added, changed, removed. Each has a channel of its own, which says who answers. */
import type { Line, LineDraft } from '@earshot/contracts'
import { addChannel, putAway, putChannel } from '../../channels/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { requireNumber } from './phone-number.ts'
import {
  archiveLine,
  findLine,
  findLines,
  insertLine,
  type LineContent,
  type LineRow,
  lockLine,
  lockLines,
  putLineSecret,
  updateLine,
} from './queries.ts'
import { sealLineSecret } from './secret.ts'
import { viewLine } from './view.ts'

const MOST = 50

export const listLines = (ctx: Context): Promise<{ items: Line[] }> =>
  transact(ctx, async (tx) => ({ items: (await findLines(tx, ctx.workspaceId)).map((row) => viewLine(ctx, row)) }))

export function createLine(ctx: Context, draft: LineDraft): Promise<Line> {
  return transact(ctx, async (tx) => {
    const content = contentOf(ctx, draft)
    await assertFree(tx, ctx, content.number, null)
    const secret = secretOf(draft)
    if (draft.kind === 'twilio' && typeof secret !== 'string') throw new AppError('line.secret_missing')
    const channelId = await addChannel(tx, ctx, {
      kind: 'voip',
      name: draft.name,
      agentId: draft.agentId,
      reopenHours: 0,
    })
    const id = await insertLine(tx, ctx.workspaceId, { kind: draft.kind, channelId, ...content })
    if (typeof secret === 'string') await sealSecret(tx, ctx, id, secret)
    return told(tx, ctx, id, 'voice_line.created')
  })
}

export function changeLine(ctx: Context, id: string, draft: LineDraft): Promise<Line> {
  return transact(ctx, async (tx) => {
    const before = await existing(tx, ctx, id)
    if (before.kind !== draft.kind) throw new AppError('line.other_kind')
    const content = contentOf(ctx, draft)
    await assertFree(tx, ctx, content.number, id)
    const secret = secretOf(draft)
    // A token belongs to its account, a password to its host: neither is sent to another.
    if (secret === undefined && before.secretSealed !== null && isElsewhere(before, content))
      throw new AppError('line.secret_missing')
    await updateLine(tx, ctx.workspaceId, id, content)
    if (typeof secret === 'string') await sealSecret(tx, ctx, id, secret)
    if (secret === null) await putLineSecret(tx, ctx.workspaceId, id, null)
    await putChannel(tx, ctx, before.channelId, { name: draft.name, agentId: draft.agentId })
    return told(tx, ctx, id, 'voice_line.changed')
  })
}

export function deleteLine(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const { name, channelId } = await existing(tx, ctx, id)
    await archiveLine(tx, ctx.workspaceId, id)
    await putAway(tx, ctx, channelId)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'voice-lines', id })
    await writeAudit(tx, ctx, 'voice_line.deleted', id, { name })
    return { ok: true as const }
  })
}

const sealSecret = (tx: Tx, ctx: Context, id: string, secret: string): Promise<void> =>
  putLineSecret(tx, ctx.workspaceId, id, sealLineSecret(ctx, id, secret))

const secretOf = (draft: LineDraft): string | null | undefined =>
  draft.kind === 'twilio' ? draft.authToken : draft.password

const isElsewhere = (before: LineRow, { accountSid, trunk }: LineContent): boolean =>
  before.accountSid !== accountSid || before.trunk?.host !== trunk?.host

function contentOf(ctx: Context, draft: LineDraft): LineContent {
  const { name, announce, enabled } = draft
  const common = { name, announce, enabled, byName: ctx.actor.name }
  const number = draft.number === null ? null : requireNumber(draft.number).number
  return draft.kind === 'twilio'
    ? { ...common, number, accountSid: draft.accountSid, trunk: null, detectMachine: draft.detectMachine }
    : { ...common, number, accountSid: null, trunk: draft.trunk, detectMachine: false }
}

async function assertFree(tx: Tx, ctx: Context, number: string | null, self: string | null): Promise<void> {
  await lockLines(tx, ctx.workspaceId)
  const others = (await findLines(tx, ctx.workspaceId)).filter((line) => line.id !== self)
  if (number !== null && others.some((line) => line.number === number)) throw new AppError('line.number_taken')
  if (self === null && others.length >= MOST) throw new AppError('line.too_many')
}

async function existing(tx: Tx, ctx: Context, id: string): Promise<LineRow> {
  const row = await lockLine(tx, ctx.workspaceId, id)
  if (!row || row.archivedAt !== null) throw new AppError('line.not_found')
  return row
}

async function told(tx: Tx, ctx: Context, id: string, what: string): Promise<Line> {
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'voice-lines', id })
  const row = await findLine(tx, ctx.workspaceId, id)
  await writeAudit(tx, ctx, what, id, { name: row!.name })
  return viewLine(ctx, row!)
}
