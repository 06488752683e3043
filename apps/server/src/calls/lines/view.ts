/** A line as people see it: with the addresses its carrier needs, without its secret. */
import type { Line } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import { lineUrl } from '../telephony/twilio/addresses.ts'
import type { LineRow } from './queries.ts'

export const viewLine = (ctx: Pick<Context, 'team'>, row: LineRow): Line => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  number: row.number,
  channelId: row.channelId,
  agent: row.agentId && row.agentName !== null ? { id: row.agentId, name: row.agentName } : null,
  announce: row.announce,
  enabled: row.enabled,
  twilio:
    row.kind === 'twilio'
      ? {
          accountSid: row.accountSid ?? '',
          detectMachine: row.detectMachine,
          voiceUrl: lineUrl(ctx, row.id),
          statusUrl: lineUrl(ctx, row.id, 'status'),
        }
      : null,
  trunk: row.trunk,
  hasSecret: row.secretSealed !== null,
  test: row.test,
  createdAt: row.createdAt.toISOString(),
})
