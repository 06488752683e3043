/** Addresses an agent's document names: one that may never be called is refused when it is saved. */
import type { AgentConfig } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { baseUrlOf } from '../platform/llm.ts'
import { assertCallable, OutboundRefused } from '../platform/outbound-http.ts'

/** A name that cannot be resolved now may be later. */
export async function assertAddresses(ctx: Context, config: AgentConfig): Promise<void> {
  const { model, external, functions, mcpServers } = config
  const models = [model.baseUrl, model.fallback?.baseUrl ?? null]
    .filter((baseUrl) => baseUrl !== null)
    .map((baseUrl) => baseUrlOf({ provider: 'openai-compatible', baseUrl }))
  const called = functions.flatMap((own) => (own.kind === 'http' ? [own.url] : []))
  const tools = mcpServers.map(({ url }) => url)
  const urls = [...models, ...called, ...tools, ...(external ? [external.url] : [])]
  for (const url of new Set(urls)) {
    try {
      await assertCallable(url, ctx.agents.outbound)
    } catch (error) {
      if (error instanceof OutboundRefused) throw new AppError('agent.address_refused', { address: url })
    }
  }
}
