/** Where the feed is on the server, and how to knock. */
import type { Clock } from './clock.ts'

export interface Door {
  url: string
  pollUrl: string
  followUrl: string
  headers?: () => Record<string, string>
  fetch: typeof fetch
  clock: Clock
}

/** The server's limit on conversations that one stream shows. */
export const MOST_FOLLOWED = 20

/** The address of the feed at a place, for the stream and for polling alike. */
export function addressAt(url: string, cursor: string | null, followed: readonly string[]): string {
  const query = new URLSearchParams()
  if (cursor !== null) query.set('cursor', cursor)
  if (followed.length > 0) query.set('follow', followed.join(','))
  const asked = query.toString()
  return asked === '' ? url : `${url}?${asked}`
}
