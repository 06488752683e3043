/** Keeps us known at trunks that want to be told where we are (REGISTER), until they are taken away. */
import { randomUUID } from 'node:crypto'
import type { Trunk } from '@earshot/voice'
import { parseNameAddress } from '../sip/uri.ts'
import type { UserAgent } from '../sip/user-agent.ts'
import { askTrunk } from './ask-trunk.ts'

const EXPIRES = 600
const FIRST_RETRY_MS = 5000
const LONGEST_RETRY_MS = 300_000

export class Registration {
  readonly trunk: Trunk
  readonly #ua: UserAgent
  readonly #callId = randomUUID()
  #seq = 0
  #expires = EXPIRES
  #failures = 0
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  state: 'trying' | 'registered' | 'failed' = 'trying'

  constructor(ua: UserAgent, trunk: Trunk) {
    this.#ua = ua
    this.trunk = trunk
  }

  async run(): Promise<void> {
    const granted = await this.#register(this.#expires)
    if (this.#stopped) return
    this.#failures = granted ? 0 : this.#failures + 1
    this.state = granted ? 'registered' : 'failed'
    const retry = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS)
    this.#timer = setTimeout(() => void this.run(), granted ? granted * 800 : retry)
    this.#timer.unref()
  }

  /** The seconds we are known for; null when we are not. */
  async #register(expires: number): Promise<number | null> {
    const seq = this.#seq
    this.#seq += 2
    const answer = await askTrunk(this.#ua, this.trunk, {
      method: 'REGISTER',
      callId: this.#callId,
      seq,
      headers: () => [['expires', String(expires)]],
    })
    if (typeof answer === 'string') return null
    const { status, headers } = answer.response
    const least = Number(headers.get('min-expires'))
    if (status === 423 && least > 0 && least < 86_400) this.#expires = least
    if (status !== 200) return null
    const own = headers.all('contact').map((contact) => parseNameAddress(contact)?.params.get('expires'))
    const granted = Number(own.find((value) => value !== undefined) ?? headers.get('expires') ?? expires)
    return granted > 0 && granted <= 86_400 ? Math.max(granted, 10) : null
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    if (this.state === 'registered') await this.#register(0)
  }
}

/** One registration a trunk that asks for it; a trunk that changed is registered anew. */
export class Registrations {
  #running = new Map<string, { asked: string; registration: Registration }>()

  change(ua: UserAgent, trunks: Trunk[]): void {
    const wanted = new Map(trunks.filter(({ register, user }) => register && user).map((trunk) => [trunk.id, trunk]))
    for (const [id, { asked, registration }] of this.#running) {
      const trunk = wanted.get(id)
      if (trunk && JSON.stringify(trunk) === asked) wanted.delete(id)
      else {
        this.#running.delete(id)
        void registration.stop()
      }
    }
    for (const [id, trunk] of wanted) {
      const registration = new Registration(ua, trunk)
      this.#running.set(id, { asked: JSON.stringify(trunk), registration })
      void registration.run()
    }
  }

  count(state: Registration['state']): number {
    return [...this.#running.values()].filter(({ registration }) => registration.state === state).length
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ registration }) => registration.stop()))
    this.#running.clear()
  }
}
