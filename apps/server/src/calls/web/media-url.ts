/** The caller's own socket at the hub. Its token is good as long as the call is, so that a page that is loaded again goes on. */
import type { Services } from '../../platform/context.ts'
import type { CallRow } from '../queries.ts'

/** How the browser reached us. */
export interface Reached {
  host: string
  secure: boolean
}

export function mediaUrlOf({ calls }: Pick<Services, 'calls'>, call: CallRow, reached: Reached): string {
  const url = new URL('/media', calls.hub().carrierUrl)
  url.searchParams.set('token', calls.tokenOf(call.id, call.callerLeg))
  return calls.publicMediaUrl(url.href, reached)
}
