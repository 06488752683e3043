/** kill -9 of the whole server under load, twenty times: what was acknowledged is there once, in order. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Caller } from '../caller.ts'
import { until } from '../until.ts'
import { Product } from './product.ts'

const KILLS = 20
const CLIENTS = 8
const ACKS_BETWEEN_KILLS = 40

const product = new Product()
let machine: Caller
beforeAll(async () => {
  await product.start()
  product.command(
    ['user', 'create', '--email', 'owner@example.com', '--password-stdin', '--role', 'owner'],
    'a long password',
  )
  machine = Caller.withKey(product.url, product.command(['api-key', 'create', '--name', 'fleet', '--scopes', '*']))
}, 180_000)
afterAll(() => product.stop())

interface Ack {
  key: string
  position: number
}

/** One author in one conversation: sends the next message only when the last one was acknowledged, and repeats it until it is. */
class Client {
  readonly acks: Ack[] = []
  readonly externalId: string
  conversationId = ''
  repeated = 0

  constructor(name: string) {
    this.externalId = name
  }

  async run(goesOn: () => boolean): Promise<void> {
    for (let n = 0; goesOn(); n++) await this.say(`m${n}`)
  }

  private async say(key: string): Promise<void> {
    const body = {
      conversation: { externalId: this.externalId },
      message: { externalId: key, author: 'contact', text: `Message ${key}` },
    }
    for (;;) {
      const answer = await machine.post('/api/v1/ingest/messages', body).catch(() => undefined)
      if (answer && answer.status < 300) {
        this.conversationId = answer.body.conversationId
        this.acks.push({ key, position: answer.body.position })
        return
      }
      if (answer && answer.status < 500)
        throw new Error(`refused with ${answer.status}: ${JSON.stringify(answer.body)}`)
      this.repeated++
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

test(`${KILLS} kills lose, double and reorder nothing that was acknowledged`, { timeout: 900_000 }, async () => {
  const clients = Array.from({ length: CLIENTS }, (_, i) => new Client(`crash-${i}`))
  const acked = () => clients.reduce((sum, client) => sum + client.acks.length, 0)
  let running = true
  const fleet = Promise.all(clients.map((client) => client.run(() => running)))
  for (let kill = 0; kill < KILLS; kill++) {
    const before = acked()
    await until(() => acked() >= before + ACKS_BETWEEN_KILLS, 'the fleet is heard', 90_000)
    await product.kill()
    await product.start()
  }
  const before = acked()
  await until(() => acked() >= before + ACKS_BETWEEN_KILLS, 'the fleet is heard again', 90_000)
  running = false
  await fleet

  for (const client of clients) {
    const stored = await readAll(client.conversationId)
    expect(stored.map((entry) => entry.position)).toEqual(stored.map((_, i) => i + 1))
    expect(stored.map((entry) => entry.clientKey)).toEqual(client.acks.map((ack) => `x:${ack.key}`))
    expect(client.acks.map((ack) => ack.position)).toEqual(stored.map((entry) => entry.position))
  }
  expect(
    clients.reduce((sum, client) => sum + client.repeated, 0),
    'kills must have met requests under way',
  ).toBeGreaterThan(0)
})

async function readAll(id: string): Promise<{ position: number; clientKey: string }[]> {
  const all: { position: number; clientKey: string }[] = []
  for (let before: string | null = ''; before !== null; ) {
    const { body }: { body: { items: typeof all; nextCursor: string | null } } = await machine.get(
      `/api/v1/conversations/${id}/entries?limit=200${before ? `&before=${before}` : ''}`,
    )
    all.push(...body.items)
    before = body.nextCursor
  }
  return all.reverse()
}
