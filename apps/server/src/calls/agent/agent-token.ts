/** What the hub shows when it dials an agent of ours: bound to one call, worth nothing for another. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'earshot', 'voice agent', 32))

export const agentToken = (secret: string, workspaceId: string, callId: string): string =>
  createHmac('sha256', keyOf(secret)).update(`${workspaceId}.${callId}`).digest('base64url')

export function isAgentToken(secret: string, workspaceId: string, callId: string, shown: string): boolean {
  const [ours, theirs] = [Buffer.from(agentToken(secret, workspaceId, callId)), Buffer.from(shown)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
