/** The account a line belongs to, with its opened token. */
import { type Services, transact } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { findLine, type LineRow } from '../../lines/queries.ts'
import { openLineSecret } from '../../lines/secret.ts'
import type { TwilioAccount } from './rest.ts'

/** The line and its opened token; refuses a line that is gone or locked. */
export async function accountOf(
  services: Services,
  workspaceId: string,
  lineId: string | null,
): Promise<{ line: LineRow; account: TwilioAccount }> {
  const line = lineId === null ? undefined : await lineOf(services, workspaceId, lineId)
  const authToken = line && openLineSecret(services, line)
  if (!line || line.accountSid === null || !authToken) throw new AppError('call.no_line')
  return { line, account: { accountSid: line.accountSid, authToken } }
}

const lineOf = (services: Services, workspaceId: string, lineId: string): Promise<LineRow | undefined> =>
  transact({ ...services, workspaceId }, (tx) => findLine(tx, workspaceId, lineId))
