/** The edge's authentication, as `platform/bind.ts` wants it. */
import type { Edge } from '../platform/bind.ts'
import type { Services } from '../platform/context.ts'
import { authenticate } from './authenticate.ts'
import { once } from './once.ts'

/** `services` may be completed after this call: it is read anew for every request. */
export function createEdge(services: Services): Edge {
  return { authenticate: (request, access) => authenticate(services, request, access), once }
}
