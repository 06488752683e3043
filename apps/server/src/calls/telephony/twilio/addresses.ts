/** The addresses Twilio is given: always of the configured public origin, which is also what it signs. */
import type { Services } from '../../../platform/context.ts'

export const lineUrl = ({ team }: Pick<Services, 'team'>, lineId: string, what = ''): string =>
  `${team.baseUrl}/hooks/twilio/${lineId}/voice${what === '' ? '' : `/${what}`}`

export const legUrl = (
  services: Pick<Services, 'team'>,
  lineId: string,
  callId: string,
  legId: string,
  what: string,
): string => lineUrl(services, lineId, `leg/${callId}/${legId}/${what}`)
