/** The crowd: simulated visitors come, a few at a time, for as long as the demo runs; what they leave behind is closed after a while. */
import { setTimeout as sleep } from 'node:timers/promises'
import { changeUnderLock, closeConversation, getConversation } from '../../conversations/index.ts'
import type { Bus } from '../../platform/bus.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { peopleOf, personOf } from '../people.ts'
import { findAbandoned } from '../queries.ts'
import { type Chance, chanceOf } from '../random.ts'
import { type DutyParts, serveWaiting } from './duty.ts'
import { paceOf } from './pace.ts'
import { keepRoster } from './roster.ts'
import { loadTalks, type Talk } from './talks.ts'
import { SHOP, visit } from './visit.ts'

export interface CrowdParts {
  ctx: Context
  bus: Bus
  url: string
  channelKey: string
  operators: DutyParts['operators']
}

const AT_ONCE = 4
const FIRST_VISITORS = 2
/** From one arrival to the next, about two thousand a day. */
const EVERY_MS = 40_000
/** A few people look at the page again before they are gone. */
const LINGER_MS = 60_000
/** So many of the finished conversations somebody of the team reads. */
const SEEN = 0.95

export class Crowd {
  readonly #parts: CrowdParts
  readonly #chance: Chance = chanceOf(`visitors ${Date.now()}`)
  readonly #stopping = new AbortController()
  readonly #visits = new Set<Promise<void>>()
  readonly #talks: Talk[] = loadTalks()
  #next: Talk[] = []
  #arrived = this.#chance.whole(0, 50)
  readonly #coming: Promise<void>
  readonly #roster: Promise<void>

  constructor(parts: CrowdParts) {
    this.#parts = parts
    this.#coming = this.#come().catch(() => {}) // only stopping ends it
    const { ctx, operators } = parts
    const pace = paceOf(this.#chance, 1, this.#stopping.signal)
    this.#roster = keepRoster({ ctx, operators, pace }).catch((error) => {
      if (!this.#stopping.signal.aborted) ctx.log.warn({ err: error }, 'the operators of the demo have left')
    })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#coming
    await this.#roster
    await Promise.all(this.#visits)
  }

  async #come(): Promise<void> {
    const { ctx } = this.#parts
    const { signal } = this.#stopping
    await closeAbandoned(ctx).catch((error) =>
      ctx.log.warn({ err: error }, 'what visitors of an earlier demo left open stays open'),
    )
    for (let arrived = 0; !signal.aborted; arrived++) {
      if (this.#visits.size < AT_ONCE) this.#send(this.#pickTalk())
      const pause = arrived < FIRST_VISITORS ? 3000 : EVERY_MS * (0.4 + this.#chance.next() * 1.2)
      await sleep(pause, undefined, { signal })
    }
  }

  /** Every talk once before one comes again. */
  #pickTalk(): Talk {
    if (this.#next.length === 0)
      this.#next = this.#talks
        .map((talk) => ({ talk, at: this.#chance.next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ talk }) => talk)
    return this.#next.pop()!
  }

  #send(talk: Talk): void {
    const one = this.#visit(talk)
      .catch((error) => {
        if (!this.#stopping.signal.aborted)
          this.#parts.ctx.log.debug({ err: error, talk: talk.id }, 'a simulated visit ended early')
      })
      .finally(() => this.#visits.delete(one))
    this.#visits.add(one)
  }

  async #visit(talk: Talk): Promise<void> {
    const { ctx, bus, url, channelKey, operators } = this.#parts
    const { signal } = this.#stopping
    const pace = paceOf(this.#chance, 1, signal)
    // One after the other, so that no two of the same name are here at once.
    const person = personOf(talk.language, this.#arrived++ % peopleOf(talk.language), this.#chance)
    let served: Promise<boolean> | undefined
    const onWaiting = (id: string) => {
      served ??= serveWaiting(id, person.name, talk.operator, { ctx, bus, pace, operators }).catch(() => false)
    }
    const { conversationId } = await visit(talk, person, { url, channelKey, pace, signal, onWaiting })
    if (conversationId === null) return
    if (!(await served)) {
      await pace.wait(LINGER_MS)
      await closeLeft(ctx, conversationId)
    }
    if (this.#chance.next() < SEEN) await markSeen(ctx, conversationId)
  }
}

/** Somebody of the team has looked at it, as in a team that works; what goes on is left unread. */
async function markSeen(ctx: Context, id: string): Promise<void> {
  try {
    await changeUnderLock(ctx, id, ({ status, lastPosition }) =>
      status === 'active' ? undefined : { unread: 0, hasUnread: false, readPosition: lastPosition },
    )
  } catch (error) {
    if (!(error instanceof AppError)) throw error // it was deleted meanwhile
  }
}

/** What an operator has, is the operator's to close. */
export async function closeLeft(ctx: Context, id: string): Promise<void> {
  try {
    const { status, control } = await getConversation(ctx, id)
    if (status === 'active' && (control === 'agent' || control === 'queue'))
      await closeConversation(ctx, id, 'inactivity')
  } catch (error) {
    if (!(error instanceof AppError)) throw error // it was deleted meanwhile
  }
}

async function closeAbandoned(ctx: Context): Promise<void> {
  const ids = await transact(ctx, (tx) => findAbandoned(tx, ctx.workspaceId, SHOP))
  for (const id of ids) await closeLeft(ctx, id)
}
