/** Language models, whoever serves them: opened from settings, called through the guarded door only. */
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import type { OutboundFetch } from './outbound-http.ts'

export interface ModelSettings {
  provider: 'openai-compatible' | 'anthropic'
  /** Null: the provider's own. */
  baseUrl: string | null
  model: string
  key: string | null
}

const OWN_BASE_URL: Record<ModelSettings['provider'], string> = {
  'openai-compatible': 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
}

export const baseUrlOf = ({ provider, baseUrl }: Pick<ModelSettings, 'provider' | 'baseUrl'>): string =>
  (baseUrl ?? OWN_BASE_URL[provider]).replace(/\/+$/, '')

/** Keys come from the settings alone: a provider package would otherwise take one from the environment. */
export function openModel(settings: ModelSettings, fetch: OutboundFetch): LanguageModel {
  const baseURL = baseUrlOf(settings)
  if (settings.provider === 'anthropic')
    return createAnthropic({ baseURL, apiKey: settings.key ?? 'none', fetch })(settings.model)
  const key = settings.key ? { apiKey: settings.key } : {}
  const own = speaksNewest(baseURL) ? { transformRequestBody: renameLimit } : {}
  return createOpenAICompatible({ name: 'model', baseURL, fetch, includeUsage: true, ...key, ...own })(settings.model)
}

/** OpenAI itself no longer takes `max_tokens` for its newer models; others know nothing but that. */
const speaksNewest = (baseURL: string): boolean =>
  /(?:^|\.)(?:openai\.com|openai\.azure\.com)$/.test(new URL(baseURL).hostname)

function renameLimit({ max_tokens, ...body }: Record<string, unknown>): Record<string, unknown> {
  return max_tokens === undefined ? body : { ...body, max_completion_tokens: max_tokens }
}
