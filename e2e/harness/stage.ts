/** One installation for one spec file: the product, a workspace set up in it, its people, and a customer's website. */
import type { Agent, Article, Channel, Conversation, Entry } from '@earshot/contracts'
import { test } from '@playwright/test'
import { Caller } from '../../apps/server/src/test/caller.ts'
import { ModelStandIn } from '../../apps/server/src/test/model-stand-in.ts'
import { until } from '../../apps/server/src/test/until.ts'
import { TestVisitor } from '../../apps/server/src/test/visitor.ts'
import { type ForeignPage, serveForeignPage } from './foreign-page.ts'
import { Product, type ProductOptions } from './product.ts'
import { COMPANY, OWNER, PASSWORD, PREPARED, setUp } from './set-up.ts'

export { COMPANY, OWNER, PASSWORD }

export interface Person {
  name: string
  email: string
  caller: Caller
}

export class Stage {
  readonly product: Product
  readonly owner: Person
  readonly people = new Map<string, Person>()
  site!: ForeignPage
  private model: ModelStandIn | undefined

  private constructor(product: Product, owner: Person) {
    this.product = product
    this.owner = owner
    this.people.set(owner.name, owner)
  }

  static async open(options: ProductOptions = {}): Promise<Stage> {
    const from = process.env[PREPARED]
    const product = await Product.start({ ...options, from })
    if (!from) await setUp(product.url)
    const stage = new Stage(product, { ...OWNER, caller: await Caller.signIn(product.url, OWNER.email, PASSWORD) })
    stage.site = await serveForeignPage((await stage.channel('widget')).snippet!)
    return stage
  }

  get url(): string {
    return this.product.url
  }

  async close(): Promise<void> {
    await this.model?.stop()
    await this.site.stop()
    await this.product.stop()
  }

  /** Adds a member through the command line, as `docs` say, and signs them in. */
  async hire(name: string, role: 'viewer' | 'operator' | 'supervisor' | 'admin' = 'operator'): Promise<Person> {
    const email = `${name.split(' ')[0]!.toLowerCase()}@hearth.example`
    await this.product.run(
      ['user', 'create', '--email', email, '--name', name, '--role', role, '--password-stdin'],
      PASSWORD,
    )
    const person = { name, email, caller: await Caller.signIn(this.url, email, PASSWORD) }
    this.people.set(name, person)
    return person
  }

  /** Connects the workspace's agent to a model that says what a test scripts. */
  async connectModel(): Promise<ModelStandIn> {
    this.model = await ModelStandIn.start()
    const agent = await this.agent()
    const model = { provider: 'openai-compatible', baseUrl: this.model.url, model: 'stand-in', key: 'sk-test' }
    await this.expect(this.owner.caller.patch(`/api/v1/agents/${agent.id}`, { model }))
    return this.model
  }

  /** Somebody says these things one after the other, each after the answer to the one before. */
  async talk(name: string, ...texts: string[]): Promise<Conversation> {
    const { key } = await this.channel('widget')
    const visitor = await TestVisitor.start(this.url, key, { name }, { origin: this.site.origin })
    let id = ''
    for (const text of texts) {
      const { body } = await visitor.say(text)
      id = body.conversation.id
      await until(async () => (await this.entries(id)).at(-1)?.author.kind !== 'contact', `${name} is answered`, 30_000)
    }
    return this.read<Conversation>(`/api/v1/conversations/${id}`)
  }

  async agent(): Promise<Agent> {
    return (await this.read<{ items: Agent[] }>('/api/v1/agents')).items[0]!
  }

  async channel(kind: 'widget' | 'web'): Promise<Channel> {
    const { items } = await this.read<{ items: Channel[] }>('/api/v1/channels')
    return items.find((channel) => channel.kind === kind)!
  }

  async articles(): Promise<Article[]> {
    return (await this.read<{ items: Article[] }>('/api/v1/knowledge?limit=100')).items
  }

  async conversations(): Promise<Conversation[]> {
    return (await this.read<{ items: Conversation[] }>('/api/v1/conversations')).items
  }

  /** The newest 200, oldest first. */
  async entries(id: string): Promise<Entry[]> {
    const { items } = await this.read<{ items: Entry[] }>(`/api/v1/conversations/${id}/entries?limit=200`)
    return items.toSorted((a, b) => a.position - b.position)
  }

  async read<T>(path: string): Promise<T> {
    return (await this.expect(this.owner.caller.get(path))).body
  }

  /** The answer, unless it is a refusal. */
  async expect<A extends { status: number; body: unknown }>(asked: Promise<A>): Promise<A> {
    const answer = await asked
    if (answer.status >= 400) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer
  }
}

/** An installation for the calling file, started before its first test and gone after its last. */
export function useStage(options: ProductOptions & { furnish?: (stage: Stage) => Promise<unknown> } = {}): () => Stage {
  let stage: Stage | undefined
  test.beforeAll(async () => {
    stage = await Stage.open(options)
    await options.furnish?.(stage)
  })
  test.afterAll(async () => {
    await stage?.close()
  })
  return () => stage!
}
