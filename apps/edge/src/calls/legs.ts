/** The telephones that are answered: made here in one way, whoever called whom, and taken up again after a crash. */
import type { Log } from '../log.ts'
import { HubStream } from '../media/hub-stream.ts'
import { MediaSession } from '../media/media-session.ts'
import type { Pacer } from '../media/pacer.ts'
import type { RtpPort, RtpPorts } from '../media/ports.ts'
import { Dialog } from '../sip/dialog.ts'
import type { Codec, RemoteMedia } from '../sip/sdp.ts'
import type { UserAgent } from '../sip/user-agent.ts'
import type { KeptLeg, KeptLegs } from './keep.ts'
import { Leg } from './leg.ts'
import type { Described } from './negotiate.ts'
import type { Trunks } from './trunks.ts'

export interface NewLeg {
  call: string
  leg: string
  dialog: Dialog
  rtp: RtpPort
  remote: RemoteMedia
  codec: Codec
  described: Described
  trunks: string[]
}

export interface StreamPlan {
  url: string
  token: string
  callSid: string
}

/** A stream that ends before there is a leg to hang up tells whoever opened it. */
export class LegStream {
  readonly plan: StreamPlan
  readonly stream: HubStream
  leg: Leg | null = null
  over: string | null = null

  constructor(plan: StreamPlan, reconnectMs: number, log: Log, call: string) {
    this.plan = plan
    this.stream = new HubStream({
      ...plan,
      reconnectMs,
      lost: () => log.warn({ call }, 'The hub’s socket is gone; the telephone hears silence until it is back.'),
      ended: (why) => {
        this.over = why
        this.leg?.hangUp(`hub: ${why}`)
      },
    })
  }
}

/** What a leg is made with. */
interface LegServices {
  ua: UserAgent
  log: Log
  pacer: Pacer
  ports: RtpPorts
  trunks: Trunks
  reconnectMs: number
}

export class Legs {
  readonly #legs = new Map<string, Leg>()
  readonly #kept: KeptLegs
  services!: LegServices
  total = 0
  resumed = 0

  constructor(kept: KeptLegs) {
    this.#kept = kept
  }

  get count(): number {
    return this.#legs.size
  }

  get(leg: string): Leg | undefined {
    return this.#legs.get(leg)
  }

  create(made: NewLeg, stream: LegStream): Leg {
    const { ua, log, pacer, trunks } = this.services
    const { dialog, described, rtp, remote, codec } = made
    const media = new MediaSession({
      rtp,
      pacer,
      remote,
      codec,
      allows: (address) =>
        address === media.remote.address || address === dialog.state.address || trunks.carries(made.trunks, address),
      next: () => stream.stream.playout.next(),
      heard: stream.stream,
    })
    const leg = new Leg({
      ua,
      log,
      call: made.call,
      leg: made.leg,
      dialog,
      media,
      stream: stream.stream,
      described,
      changed: () => this.#keep(made, stream, media, leg),
      over: () => {
        this.#legs.delete(made.leg)
        this.#kept.forget(made.leg)
      },
    })
    stream.leg = leg
    this.#legs.set(made.leg, leg)
    this.total++
    media.start()
    this.#keep(made, stream, media, leg)
    if (stream.over) leg.abandon(`hub: ${stream.over}`)
    return leg
  }

  #keep(made: NewLeg, { plan }: LegStream, media: MediaSession, leg: Leg): void {
    if (leg.ended) return
    this.#kept.write({
      form: 1,
      call: made.call,
      leg: made.leg,
      dialog: made.dialog.state,
      port: made.rtp.port,
      codec: media.codec,
      remote: media.remote,
      described: made.described,
      stream: plan,
      trunks: made.trunks,
      timing: leg.timing,
    })
  }

  /** Calls of an edge that was killed: the same ports, the same dialogues, a new socket to the hub; else BYE. */
  async resume(): Promise<void> {
    await Promise.all(this.#kept.all().map((kept) => this.#resumeOne(kept)))
  }

  async #resumeOne(kept: KeptLeg): Promise<void> {
    const { ports, log, reconnectMs } = this.services
    // Numbers that the one before may have used without writing them down.
    const dialog = new Dialog({ ...kept.dialog, localSeq: kept.dialog.localSeq + 100 })
    const rtp = (await ports.open(kept.port)) ?? (await ports.take())
    if (!rtp) return this.#kept.forget(kept.leg)
    const stream = new LegStream(kept.stream, reconnectMs, log, kept.call)
    const leg = this.create({ ...kept, dialog, rtp }, stream)
    leg.keepTime(
      kept.timing ? { seconds: kept.timing.seconds, refresher: null } : null,
      kept.timing?.weRefresh ?? false,
    )
    this.resumed++
    log.info({ call: kept.call, leg: kept.leg }, 'Taking up a call again.')
    await stream.stream.open()
  }

  hangUpAll(why: string): void {
    for (const leg of [...this.#legs.values()]) leg.hangUp(why)
  }
}
