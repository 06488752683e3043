/** Signed links to files: they open one file for a day, without a cookie or a token, so that files can live on an origin of their own. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const HALF_DAY_MS = 12 * 60 * 60 * 1000

export interface FileLinks {
  /** Stays the same for half a day, so that a page drawn twice shows the same links; opens for a day to a day and a half. */
  sign(workspaceId: string, fileId: string): string
  /** The workspace a valid ticket is for. */
  verify(fileId: string, ticket: string): string | undefined
  /** Where files are served, when that is an origin of its own. */
  readonly origin: string | undefined
}

export function createFileLinks(options: {
  secret: string
  origin?: string | undefined
  now?: () => number
}): FileLinks {
  const { origin, now = Date.now } = options
  const seal = (workspaceId: string, fileId: string, expires: string) =>
    createHmac('sha256', options.secret).update(`file link\0${workspaceId}\0${fileId}\0${expires}`).digest('base64url')
  return {
    origin,
    sign(workspaceId, fileId) {
      const expires = ((Math.floor(now() / HALF_DAY_MS) + 3) * HALF_DAY_MS).toString(36)
      return `${origin ?? ''}/files/${fileId}?ticket=${workspaceId}.${expires}.${seal(workspaceId, fileId, expires)}`
    },
    verify(fileId, ticket) {
      const [workspaceId = '', expires = '', seal_ = ''] = ticket.split('.')
      const expected = Buffer.from(seal(workspaceId, fileId, expires))
      const given = Buffer.from(seal_)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
      return Number.parseInt(expires, 36) > now() ? workspaceId : undefined
    },
  }
}
