/** May this call be transferred there? The one door against toll fraud and loops; it counts what it lets through. */
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { accessVoiceContact } from './contacts.ts'
import { type PhoneNumber, readNumber, requireNumber } from './phone-number.ts'
import { findLine, findLines, type LineRow } from './queries.ts'
import { countTransfers, insertTransfer } from './queries-rules.ts'
import { voiceSettingsOf } from './settings.ts'

export interface TransferWish {
  to?: string | undefined
  /** A saved contact instead of a number. */
  contactId?: string | undefined
  /** The line the call is on. */
  lineId: string | null
}

export interface TransferTarget {
  /** E.164, or `sip:user@host`. */
  to: string
  /** A saved contact's name. */
  label: string | null
  /** What dials it, and what the other side sees. */
  line: DialLine
}

export interface DialLine {
  id: string
  way: 'twilio' | 'sip'
  callerId: string | null
}

/** In the transaction of the command: what it counts is taken back when that is refused. */
export async function checkTransfer(tx: Tx, ctx: Context, wish: TransferWish): Promise<TransferTarget> {
  const target = await targetOf(tx, ctx, wish)
  const line = await chooseLine(tx, ctx, target.to, target.lineId ?? wish.lineId)
  const { transfersPerDay } = await voiceSettingsOf(tx, ctx.workspaceId)
  if ((await countTransfers(tx, ctx.workspaceId)) >= transfersPerDay)
    throw new AppError('call.transfer_limit', { limit: transfersPerDay })
  await insertTransfer(tx, ctx.workspaceId, { country: target.country, byId: ctx.actor.id })
  return { to: target.to, label: target.label, line }
}

async function targetOf(tx: Tx, ctx: Context, { to, contactId }: TransferWish) {
  if (contactId !== undefined) {
    const { address, name, lineId } = await accessVoiceContact(tx, ctx, contactId)
    await assertNoLoop(tx, ctx, address)
    return { to: address, label: name, lineId, country: readNumber(address)?.country ?? null }
  }
  const read = requireNumber(to ?? '')
  await assertNoLoop(tx, ctx, read.number)
  await assertCountry(tx, ctx, read)
  return { to: read.number, label: null, lineId: null, country: read.country }
}

/** A call to a number of our own would come in again, and again. */
async function assertNoLoop(tx: Tx, ctx: Context, address: string): Promise<void> {
  const lines = await findLines(tx, ctx.workspaceId)
  if (lines.some(({ number }) => number === address))
    throw new AppError('call.number_not_allowed', { why: 'own_number' })
}

/** Also for members' own phones: a number is a number. */
export async function assertCountry(tx: Tx, ctx: Context, { country }: PhoneNumber): Promise<void> {
  const { countries } = await voiceSettingsOf(tx, ctx.workspaceId)
  const allowed = countries.length > 0 ? countries : await ownCountries(tx, ctx)
  if (country === null || !allowed.includes(country))
    throw new AppError('call.number_not_allowed', { why: 'country', ...(country !== null && { country }) })
}

async function ownCountries(tx: Tx, ctx: Context): Promise<string[]> {
  const lines = await findLines(tx, ctx.workspaceId)
  return lines.flatMap(({ number }) => (number === null ? [] : (readNumber(number)?.country ?? [])))
}

/** The call's own line when it can dial there, else the first that can; SIP addresses go by trunks only. */
export async function chooseLine(
  tx: Tx,
  ctx: Pick<Context, 'workspaceId'>,
  to: string,
  preferred: string | null,
): Promise<DialLine> {
  const fits = (line: LineRow | undefined): line is LineRow =>
    line?.enabled === true && line.archivedAt === null && (line.kind === 'sip' || !to.startsWith('sip:'))
  const own = preferred === null ? undefined : await findLine(tx, ctx.workspaceId, preferred)
  const line = fits(own) ? own : (await findLines(tx, ctx.workspaceId)).find(fits)
  if (!line) throw new AppError('call.no_line')
  return { id: line.id, way: line.kind, callerId: line.number }
}

/** What dials a member's own phone, for a call on `lineId`. */
export const dialLineFor = (ctx: Context, to: string, lineId: string | null): Promise<DialLine> =>
  transact(ctx, (tx) => chooseLine(tx, ctx, to, lineId))
