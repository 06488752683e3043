/** Test a line step by step: what its carrier says, and whether the carrier can reach us. Nobody is called. */
import type { Line, LineTestStep } from '@earshot/contracts'
import type { TrunkTest } from '@earshot/voice'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { lineUrl } from '../telephony/twilio/addresses.ts'
import { checkCredentials, checkNumber, failed, passed, skipped } from '../telephony/twilio/check-account.ts'
import { checkMedia, checkOrigin } from './check-origin.ts'
import { findLine, type LineRow, putLineTest } from './queries.ts'
import { openLineSecret } from './secret.ts'
import { viewLine } from './view.ts'

declare module '../../platform/context.ts' {
  interface Services {
    /** Asks the SIP edge to test a trunk; null: there is no edge. */
    testTrunk(trunkId: string): Promise<TrunkTest | null>
  }
}

export async function testLine(ctx: Context, id: string): Promise<Line> {
  const line = await transact(ctx, (tx) => findLine(tx, ctx.workspaceId, id))
  if (!line || line.archivedAt !== null) throw new AppError('line.not_found')
  const steps = line.kind === 'twilio' ? await testTwilio(ctx, line) : [await testTrunk(ctx, line)]
  const test = { at: new Date().toISOString(), ok: steps.every(({ outcome }) => outcome === 'passed'), steps }
  return transact(ctx, async (tx) => {
    await putLineTest(tx, ctx.workspaceId, id, test)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'voice-lines', id })
    return viewLine(ctx, { ...line, test })
  })
}

async function testTwilio(ctx: Context, line: LineRow): Promise<LineTestStep[]> {
  const authToken = openLineSecret(ctx, line)
  const ours = Promise.all([checkOrigin(ctx, line.id), checkMedia(ctx)])
  const account = authToken && line.accountSid ? { accountSid: line.accountSid, authToken } : null
  const credentials = account ? await checkCredentials(ctx, account) : failed('credentials', 'secret_locked')
  const [number, webhook] =
    account && credentials.outcome === 'passed'
      ? await checkNumber(ctx, account, line.number ?? '', lineUrl(ctx, line.id))
      : [skipped('number'), skipped('webhook')]
  const [origin, media] = await ours
  return [credentials, number, origin, webhook, media]
}

async function testTrunk(ctx: Context, line: LineRow): Promise<LineTestStep> {
  if (openLineSecret(ctx, line) === undefined) return failed('trunk', 'secret_locked')
  const test = await ctx.testTrunk(line.id).catch(() => null)
  if (test === null) return failed('trunk', 'no_edge')
  return test.ok ? passed('trunk', test.detail) : failed('trunk', 'no_answer', test.detail)
}
