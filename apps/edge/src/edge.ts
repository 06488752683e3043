/** The SIP edge: its parts put together, started and stopped. */
import { join } from 'node:path'
import type { Dial, Trunk, TrunkTest } from '@earshot/voice'
import { answerInvite } from './calls/answer.ts'
import { Api } from './calls/api.ts'
import { Dialling, isDiallable } from './calls/dialling.ts'
import { KeptLegs } from './calls/keep.ts'
import { Legs } from './calls/legs.ts'
import { Registrations } from './calls/registration.ts'
import type { EdgeServices } from './calls/services.ts'
import { Strangers } from './calls/strangers.ts'
import { testTrunk } from './calls/test-trunk.ts'
import { Trunks } from './calls/trunks.ts'
import type { EdgeConfig } from './config.ts'
import type { Log } from './log.ts'
import { Pacer } from './media/pacer.ts'
import { RtpPorts } from './media/ports.ts'
import { Challenger } from './sip/digest.ts'
import { TIMING } from './sip/timing.ts'
import { UserAgent } from './sip/user-agent.ts'

const LOOK_AGAIN_MS = 60_000
const ASK_TRUNKS_MS = 500

export class Edge {
  readonly services: EdgeServices
  readonly #registrations = new Registrations()
  readonly #dialling = new Map<string, Dialling>()
  #timers: NodeJS.Timeout[] = []
  #told = false
  #stopping = false

  constructor(config: EdgeConfig, log: Log) {
    const strangers = new Strangers()
    const trunks = new Trunks()
    const ua = new UserAgent({
      host: config.host,
      port: config.sipPort,
      address: config.address,
      timing: config.timing ?? TIMING,
      admits: (address) => trunks.from(address).length > 0 || strangers.admit(address),
      invite: (transaction) =>
        void answerInvite(this.services, transaction).catch((error) => {
          log.error({ error: String(error) }, 'An INVITE could not be answered.')
          transaction.reply(500)
        }),
    })
    const legs = new Legs(new KeptLegs(join(config.dataDir, 'edge')))
    this.services = {
      ua,
      log,
      pacer: new Pacer(),
      ports: new RtpPorts(config.host, config.rtpPorts),
      trunks,
      challenger: new Challenger(),
      api: new Api({ serverUrl: config.serverUrl, secret: config.secret }),
      legs,
      reconnectMs: config.reconnectMs ?? 10_000,
    }
    legs.services = this.services
    trunks.onChange = (all) => this.#registrations.change(ua, all)
  }

  async start(): Promise<void> {
    const { ua, trunks, legs } = this.services
    await ua.transport.listen()
    // Calls first: every tenth of a second of theirs is heard.
    await legs.resume()
    void this.#askForTrunks()
    this.#timers.push(setInterval(() => void trunks.lookAgain(), LOOK_AGAIN_MS))
  }

  /** Until the server has said once which there are, or has pushed them. */
  async #askForTrunks(): Promise<void> {
    if (this.#told || this.#stopping) return
    const found = await this.services.api.trunks()
    if (found && !this.#told) await this.setTrunks(found)
    else this.#timers.push(setTimeout(() => void this.#askForTrunks(), ASK_TRUNKS_MS))
  }

  async setTrunks(trunks: Trunk[]): Promise<void> {
    this.#told = true
    await this.services.trunks.set(trunks, this.services.ua.family)
  }

  /** `unknown`: no such trunk; `invalid`: nothing that can be dialled. The same leg again is the same call. */
  dial(dial: Dial): 'dialling' | 'unknown' | 'invalid' {
    if (this.#dialling.has(dial.leg) || this.services.legs.get(dial.leg)) return 'dialling'
    const trunk = this.services.trunks.get(dial.trunk)
    if (!trunk) return 'unknown'
    if (!isDiallable(dial.to)) return 'invalid'
    const dialling = new Dialling(this.services, dial, trunk, () => this.#dialling.delete(dial.leg))
    this.#dialling.set(dial.leg, dialling)
    void dialling.start()
    return 'dialling'
  }

  /** CANCEL or BYE, whichever it takes. */
  hangUp(leg: string): void {
    this.#dialling.get(leg)?.cancel('dropped')
    this.services.legs.get(leg)?.hangUp('asked to')
  }

  async test(id: string): Promise<TrunkTest | null> {
    const trunk = this.services.trunks.get(id)
    return trunk ? testTrunk(this.services.ua, trunk) : null
  }

  gauges(): [name: string, help: string, value: number][] {
    const { legs, ports, trunks, pacer, ua } = this.services
    return [
      ['legs', 'Telephones connected.', legs.count],
      ['legs_total', 'Telephones connected since the start.', legs.total],
      ['legs_resumed_total', 'Telephones taken up again after a crash.', legs.resumed],
      ['dialling', 'Telephones being rung.', this.#dialling.size],
      ['rtp_ports_used', 'Ports for sound in use.', ports.inUse],
      ['rtp_ports', 'Ports for sound there are.', ports.size],
      ['trunks', 'Trunks served.', trunks.count],
      ['trunks_registered', 'Trunks that know where we are.', this.#registrations.count('registered')],
      ['trunks_unregistered', 'Trunks that refuse our registration.', this.#registrations.count('failed')],
      ['ticks_skipped_total', 'Frames left out because the process was late.', pacer.skipped],
      ['transactions', 'SIP transactions under way.', ua.transactions.count],
      ['malformed_total', 'Messages that were no SIP.', ua.stats.malformed],
      ['ignored_total', 'Requests of strangers that were not answered.', ua.stats.ignored],
    ]
  }

  /** A proper stop hangs up: nobody is left with a dead line. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const timer of this.#timers) clearTimeout(timer)
    for (const dialling of this.#dialling.values()) dialling.cancel('failed')
    this.services.legs.hangUpAll('the edge stops')
    await this.#registrations.stop()
    await new Promise((resolve) => setTimeout(resolve, 200))
    await this.services.ua.close()
  }
}
