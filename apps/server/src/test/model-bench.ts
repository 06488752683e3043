/** What the tests of agents with a model share: an app whose widget is answered by an agent that asks the stand-in. */
import { TURN_LIMITS } from '../agents/index.ts'
import { startTestApp } from './app.ts'
import { ModelStandIn } from './model-stand-in.ts'
import { type Bench, openBench } from './turn-bench.ts'

export const KEY = 'sk-test-9f8e7d6c5b4a39281706f5e4d3c2b1a0'

export interface ModelBench extends Bench {
  model: ModelStandIn
  /** Ordinary limits without pauses, and a fresh agent: a breaker that one test opened does not touch the next. */
  useModel(settings?: object): Promise<void>
}

export async function openModelBench(config: object = {}): Promise<ModelBench> {
  const model = await ModelStandIn.start()
  const bench = await openBench(await startTestApp({ config: { allowPrivateAddresses: ['127.0.0.0/8'], ...config } }))
  return {
    ...bench,
    model,
    async useModel(settings = {}) {
      Object.assign(bench.limits, { ...TURN_LIMITS, paceMs: 0, backOffMs: 5 })
      model.play({ say: ['Hello', ' from', ' the model.'] })
      const prices = { inputPricePerMillion: 2, outputPricePerMillion: 10 }
      const own = {
        provider: 'openai-compatible',
        baseUrl: model.url,
        model: 'small-1',
        key: KEY,
        maxOutputTokens: 200,
      }
      const agent = { name: 'Grace', company: 'North Ltd', instructions: 'Be brief.' }
      const made = await bench.owner.post('/api/v1/agents', { ...agent, model: { ...own, ...prices, ...settings } })
      if (made.status !== 201) throw new Error(`no agent was made: ${JSON.stringify(made.body)}`)
      await bench.changeChannel({ agentId: made.body.id })
    },
    async stop() {
      await bench.stop()
      await model.stop()
    },
  }
}
