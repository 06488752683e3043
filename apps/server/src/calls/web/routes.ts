/** HTTP edge of visitors' calls, `/widget/v1/voice`: by the visitor's token, from allowed pages, at a bounded rate. */
import { StartVoice } from '@earshot/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createLimit, type VisitorDoor, visitorRouter } from '../../channels/index.ts'
import { parse } from '../../platform/bind.ts'
import { networkOf } from '../../team/index.ts'
import type { Reached } from './media-url.ts'
import { startVoice } from './start-voice.ts'
import { readVoice } from './view-visitor-call.ts'

export function webCallRoutes(app: FastifyInstance, door: VisitorDoor): void {
  const { services } = door
  const route = visitorRouter(app, door)
  const begun = createLimit([
    { count: 6, seconds: 60 },
    { count: 40, seconds: 3600 },
  ])
  const begunByNetwork = createLimit([{ count: 60, seconds: 60 }])
  // A cut line is mended by asking again, twice a second for ten seconds.
  const asked = createLimit([{ count: 90, seconds: 60 }])
  const looked = createLimit([{ count: 240, seconds: 60 }])

  route('POST', '/voice', asked, ({ visitor, request }) =>
    startVoice(services, visitor, parse(StartVoice, request.body), reachedBy(request), () => {
      begunByNetwork.take(networkOf(request.ip))
      begun.take(visitor.point.value)
    }),
  )
  route('GET', '/voice', looked, ({ visitor }) => readVoice(services, visitor))
}

export const reachedBy = (request: FastifyRequest): Reached => ({
  host: request.host,
  secure: request.protocol === 'https',
})
