/** Webhooks of Twilio: a call comes in, its stream is gone, its state changes; and the same of calls made for us. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../../../platform/context.ts'
import { answerIncoming, answerResume, noteStatus } from './answer-caller.ts'
import { answerLeg, answerLegResume, noteLegStatus } from './answer-leg.ts'
import { type Hook, readHook, sendTwiml } from './hook-request.ts'
import { nothing } from './twiml.ts'

const BODY_LIMIT = 32 * 1024
const config = { access: { raw: 'Twilio signs each request with the token of the line’s account' } }

export function twilioRoutes(http: FastifyInstance, services: Services): void {
  http.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      async (_: unknown, body: string) => body,
    )
    const hook = (what: string, answer: (services: Services, hook: Hook) => Promise<string>): void => {
      const handler = async (request: FastifyRequest, reply: FastifyReply) =>
        sendTwiml(reply, await answer(services, await readHook(services, request)))
      scope.post(`/hooks/twilio/:lineId/voice${what}`, { config, bodyLimit: BODY_LIMIT }, handler)
    }
    hook('', answerIncoming)
    hook('/resume', answerResume)
    hook('/status', quietly(noteStatus))
    hook('/leg/:callId/:legId/answer', answerLeg)
    hook('/leg/:callId/:legId/resume', answerLegResume)
    hook('/leg/:callId/:legId/status', quietly(noteLegStatus))
    scope.get<{ Params: { lineId: string } }>(
      '/hooks/twilio/:lineId/voice/echo',
      { config: echoed },
      (request, reply) => reply.type('text/plain').send(request.params.lineId),
    )
  })
}

const echoed = { access: { raw: 'public: says back what it is asked, so that a line’s test finds itself' } }

const quietly =
  (note: (services: Services, hook: Hook) => Promise<void>) =>
  async (services: Services, hook: Hook): Promise<string> => {
    await note(services, hook)
    return nothing()
  }
