/** Requests of one workspace that name things of another: each place of an id in a request, one at a time. */
import type { Endpoint } from '@earshot/contracts'
import type { TestApp } from '../app.ts'
import { ENDPOINTS, type Parts, sampleOf } from './requests.ts'

/** What a caller names a command or a call by is theirs to choose, and names nothing of anybody. */
const UUID = /(?<!"(?:opId|key)":")[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

export interface Naming {
  id: string
  parts: Parts
}

export interface Crossing {
  endpoint: Endpoint
  /** Which id of the request is not North's. */
  place: number
  /** Names a thing of South. */
  foreign: Naming
  /** The same request, naming a thing that never existed. */
  unreal: Naming
}

/** All of them, for North asking. */
export async function allCrossings(app: TestApp): Promise<Crossing[]> {
  const crossings: Crossing[] = []
  for (const endpoint of ENDPOINTS) crossings.push(...(await crossingsOf(app, endpoint)))
  // Callers of South who wait would be tended as time passes, which is nobody's doing; the calls stay what they are.
  await app.database.owner.query(
    `update call set state = 'ended', ended_at = now(), end_reason = 'failed' where workspace_id = $1 and state <> 'ended'`,
    [app.south.id],
  )
  await app.database.owner.query('delete from call_recording where workspace_id = $1', [app.south.id])
  return crossings
}

async function crossingsOf(app: TestApp, endpoint: Endpoint): Promise<Crossing[]> {
  const own = JSON.stringify(await sampleOf(app, app.north, endpoint))
  const other = JSON.stringify(await sampleOf(app, app.south, endpoint)).match(UUID) ?? []
  return other.map((id, place) => ({
    endpoint,
    place,
    foreign: withId(own, place, id),
    unreal: withId(own, place, crypto.randomUUID()),
  }))
}

function withId(request: string, place: number, id: string): Naming {
  let i = 0
  return { id, parts: JSON.parse(request.replace(UUID, (current) => (i++ === place ? id : current))) as Parts }
}
