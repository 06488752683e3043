/** What the tests of functions share: an agent whose model says what a test scripts, and an address that its functions call. */
import type { FunctionCall } from '@earshot/contracts'
import { AddressStandIn } from './address-stand-in.ts'
import { type ModelBench, openModelBench } from './model-bench.ts'
import { callsOf, type Talk } from './turn-bench.ts'

const ORDER = { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] }

export class FunctionBench {
  readonly bench: ModelBench
  readonly address: AddressStandIn
  agentId = ''

  private constructor(bench: ModelBench, address: AddressStandIn) {
    this.bench = bench
    this.address = address
  }

  static async open(): Promise<FunctionBench> {
    return new FunctionBench(await openModelBench(), await AddressStandIn.start())
  }

  async stop(): Promise<void> {
    await this.bench.stop()
    await this.address.stop()
  }

  /** A fresh agent, and an address that has heard nothing. */
  async renew(): Promise<void> {
    this.address.clear()
    await this.bench.useModel()
    this.agentId = (await this.bench.owner.get('/api/v1/agents?limit=200')).body.items.at(-1).id
  }

  get path(): string {
    return `/api/v1/agents/${this.agentId}`
  }

  http(given: object = {}): object {
    return {
      id: crypto.randomUUID(),
      kind: 'http',
      name: 'look_up_order',
      description: 'Where an order is',
      method: 'GET',
      url: `${this.address.url}/orders/{order_id}`,
      parameters: ORDER,
      ...given,
    }
  }

  builtin(name: string, given: object = {}): object {
    return { id: crypto.randomUUID(), kind: 'builtin', name, builtin: name, ...given }
  }

  /** Tries to save these sections of the agent's document. */
  async tryToSave(sections: object) {
    const { config, version } = (await this.bench.owner.get(`${this.path}/config`)).body
    return this.bench.owner.put(`${this.path}/config`, { baseVersion: version, config: { ...config, ...sections } })
  }

  async save(sections: object): Promise<void> {
    const { status, body } = await this.tryToSave(sections)
    if (status !== 200) throw new Error(`saving answered ${status}: ${JSON.stringify(body)}`)
  }

  /** The model calls this function once and then says it is done. */
  play(name: string, parameters: object): void {
    this.bench.model.play({ call: [{ name, arguments: JSON.stringify(parameters) }] }, { say: ['Done.'] })
  }

  async ask(text = 'Where is my order?'): Promise<{ talk: Talk; calls: FunctionCall[] }> {
    const talk = await this.bench.talk()
    await talk.say(text)
    await talk.answers(1)
    return { talk, calls: callsOf(await this.bench.read(talk.id)).map((line) => line.functionCall!) }
  }
}
