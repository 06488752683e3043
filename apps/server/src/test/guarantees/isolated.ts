/** What "another workspace does not exist" means for every request that could say otherwise; asked with both walls up and with each one alone. */

import type { Endpoint } from '@earshot/contracts'
import { expect } from 'vitest'
import type { TestApp } from '../app.ts'
import type { Answer, Caller } from '../caller.ts'
import type { Crossing } from './crossing.ts'
import { digestOf } from './digest.ts'
import { markOf } from './maker.ts'
import { ENDPOINTS, sampleOf, send } from './requests.ts'

const OWN = new Set(['id', 'jobId', 'createdAt', 'expiresAt'])

/** All of an answer that a caller can see, bar what differs between any two and the id it asked for itself. */
export function seen({ status, body, headers }: Answer, asked = ''): string {
  // The body itself is compared, so its length need not be.
  const shown = [...headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name))
  const { requestId: _, ...rest } = typeof body === 'object' && body !== null ? body : { requestId: '', body }
  // What was made for the asker has an id and times of its own.
  const made = status === 201 || status === 202
  // What happens beside the question (events, how long it took) differs too; that none of it is South's is looked at apart.
  const own = (key: string, value: unknown) =>
    ['cursor', 'durationMs', 'events'].includes(key) || (made && OWN.has(key)) ? 'its own' : value
  const text = JSON.stringify({ status, shown, rest }, own)
  return asked ? text.replaceAll(asked, 'the id') : text
}

/** Things of South answer North byte for byte like things that never existed, and nothing of South changes. */
export async function expectSouthUnreachable(app: TestApp, callers: Caller[], crossings: Crossing[]): Promise<void> {
  const before = await digestOf(app, app.south.id)
  for (const { endpoint, place, foreign, unreal } of crossings) {
    for (const caller of callers) {
      const answer = await send(caller, endpoint, foreign.parts)
      const expected = await send(caller, endpoint, unreal.parts)
      expect(seen(answer, foreign.id), `${endpoint.id}, id ${place}`).toBe(seen(expected, unreal.id))
      expect(JSON.stringify(answer.body ?? ''), endpoint.id).not.toContain(app.south.id)
      if (endpoint.path.includes(':id') && place === 0) expect([403, 404], endpoint.id).toContain(answer.status)
    }
  }
  expect(await digestOf(app, app.south.id)).toEqual(before)
}

/** No answer to North carries anything of South, while South itself is shown its own. */
export async function expectSouthUnseen(app: TestApp, among: readonly Endpoint[] = ENDPOINTS): Promise<void> {
  const mark = markOf(app.south)
  for (const endpoint of among) {
    const { body } = await send(app.north.people.owner.caller, endpoint, await sampleOf(app, app.north, endpoint))
    expect(JSON.stringify(body ?? ''), endpoint.id).not.toContain(mark)
    expect(JSON.stringify(body ?? ''), endpoint.id).not.toContain(app.south.id)
  }
  for (const search of ['conversations', 'contacts', 'knowledge']) {
    const { body } = await app.north.people.owner.caller.get(`/api/v1/${search}?q=${mark}`)
    expect(body.items, search).toEqual([])
  }
  for (const list of ['conversations', 'contacts', 'agents', 'channels', 'knowledge', 'members', 'api-keys']) {
    const { body } = await app.south.people.owner.caller.get(`/api/v1/${list}?limit=200`)
    expect(JSON.stringify(body), list).toContain(mark)
  }
}
