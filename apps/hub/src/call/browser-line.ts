/** A browser's socket (voice.md §5.3): both sides of the call down, its microphone up, a few words besides. Commands do not come this way. */
import { readUpFrame } from '@earshot/voice'
import { z } from 'zod'
import { pressed } from './carrier-line.ts'
import { joined, lost } from './coming.ts'
import { endCall } from './end-call.ts'
import { leave } from './leave.ts'
import { isOpen, type Leg } from './legs.ts'
import type { Call, House } from './state.ts'
import { MEND_MS } from './watch.ts'
import type { Wire } from './wire.ts'

const Word = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ping'), a: z.number().optional() }),
  z.object({ t: z.literal('mic'), on: z.boolean() }),
  z.object({ t: z.literal('dtmf'), digit: z.string().regex(/^[0-9*#A-D]$/) }),
])

/** A socket that has said nothing for so long is taken for dead when another comes with its token. */
const SILENT_MS = 6000

/** Null: the token is nobody's, too old, or was used. */
export function findForBrowser(house: House, token: string): { call: Call; leg: Leg } | null {
  const found = house.tokens.get(token)
  if (found?.leg.by !== 'browser' || found.call.state === 'ended' || !isOpen(found.leg)) return null
  const { leg } = found
  const now = house.now()
  if (!leg.wasUsed) return leg.tokenUntil === null || now <= leg.tokenUntil ? found : null
  return mayComeAgain(found, now) ? found : null
}

/** Only whoever lost the socket a moment ago comes again by the same token. */
function mayComeAgain({ call, leg }: { call: Call; leg: Leg }, now: number): boolean {
  if (leg.state === 'lost') return leg === call.caller || now - (leg.lostAt ?? 0) <= MEND_MS
  return leg.state === 'live' && now - Math.max(leg.lastWordAt, leg.lastSoundAt) > SILENT_MS
}

export class BrowserLine {
  readonly #wire: Wire
  readonly #call: Call
  readonly #leg: Leg
  #warned = false

  constructor({ call, leg }: { call: Call; leg: Leg }, wire: Wire) {
    this.#call = call
    this.#leg = leg
    this.#wire = wire
    joined(call, leg, wire)
    const { role, id } = leg
    const floor = call.floor.by
    wire.send(JSON.stringify({ t: 'hello', call: call.id, leg: id, role, floor, nowMs: call.nowMs, seq: call.seq }))
  }

  sound(bytes: Uint8Array): void {
    const call = this.#call
    const leg = this.#leg
    if (leg.wire !== this.#wire) return
    const read = readUpFrame(bytes)
    if (!read) return
    const now = call.house.now()
    leg.framesIn++
    if (leg !== call.caller && call.speakingLeg !== leg) {
      // Listeners have no way up, nor supervisors without the floor: counted, and gone.
      leg.refused++
      leg.lastWordAt = now
      return
    }
    leg.lastSoundAt = now
    // The bytes are the socket's own buffer, which is used again.
    leg.queue.push({ bytes: Uint8Array.from(read.sound), base64: null, at: now }, read.sequence)
  }

  word(text: string): void {
    const word = parse(text)
    this.#leg.lastWordAt = this.#call.house.now()
    if (!word) {
      if (!this.#warned) this.#call.house.log.warn({ call: this.#call.id }, 'A browser said what nobody understands.')
      this.#warned = true
    } else if (word.t === 'ping')
      this.#wire.send(JSON.stringify({ t: 'pong', ...(word.a !== undefined && { a: word.a }) }))
    else if (word.t === 'dtmf') pressed(this.#call, this.#leg, word.digit)
  }

  /** 1000: it left on purpose; anything else may come again. */
  closed(code: number): void {
    const call = this.#call
    const leg = this.#leg
    if (leg.wire !== this.#wire) return
    if (code !== 1000) return void lost(call, leg)
    leg.wire = null
    if (leg !== call.caller) return void leave(call, leg, 'hung_up')
    leg.state = 'left'
    leg.end = 'hung_up'
    void endCall(call, 'caller_hung_up')
  }
}

function parse(text: string): z.infer<typeof Word> | null {
  try {
    const word = Word.safeParse(JSON.parse(text))
    return word.success ? word.data : null
  } catch {
    return null
  }
}
