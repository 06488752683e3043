/** How often a password may be tried: ten times in fifteen minutes, per account and per network, counted for all nodes together. */
import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { AppError } from '../platform/errors.ts'
import { type AccountsPool, countAttempt, forgetAttempts, takeBackAttempt } from './queries-accounts.ts'

const MAX_ATTEMPTS = 10
const MAX_INVITATIONS = 40
const WINDOW_S = 15 * 60

/**
 * Counts an attempt before it is made, so that parallel ones cannot all slip through, and refuses when there were too many. Call the
 * returned function when the password was right: then the attempt was nobody's guess.
 */
export async function countLogIn(pool: AccountsPool, address: string, email: string): Promise<() => Promise<void>> {
  const network = `network:${networkOf(address)}`
  const account = `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`
  await count(pool, network)
  await count(pool, account)
  return async () => {
    await takeBackAttempt(pool, network)
    await forgetAttempts(pool, account)
  }
}

/** Setting up is public too: limited per network in the same way. */
export const countSetUp = (pool: AccountsPool, address: string): Promise<void> =>
  count(pool, `setup:${networkOf(address)}`)

/** A workspace writes to strangers: this often, so that nobody makes a mail gun of it. */
export const countInvitation = (pool: AccountsPool, workspaceId: string): Promise<void> =>
  count(pool, `invite:${workspaceId}`, MAX_INVITATIONS)

/** Accepting makes accounts: limited per network like setting up, and wide enough for a whole team behind one address. */
export const countAccept = (pool: AccountsPool, address: string): Promise<void> =>
  count(pool, `accept:${networkOf(address)}`, MAX_INVITATIONS)

async function count(pool: AccountsPool, key: string, most = MAX_ATTEMPTS): Promise<void> {
  const { count: attempts, secondsLeft } = await countAttempt(pool, key, WINDOW_S)
  if (attempts > most) throw new AppError('request.rate_limited', { retryAfterSeconds: secondsLeft })
}

/** What one subscriber owns: an IPv4 address, or the /64 an IPv6 address lies in, however it is written. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const ip = ipaddr.process(address)
  if (ip.kind() === 'ipv4') return ip.toString()
  return `${ip
    .toByteArray()
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}/64`
}
