/** How models are opened: where their requests go, and what is in them. */
import { streamText } from 'ai'
import { expect, test } from 'vitest'
import { type ModelSettings, openModel } from './llm.ts'

async function requestOf(
  settings: Partial<ModelSettings>,
): Promise<{ url: string; headers: Headers; body: Record<string, unknown> }> {
  const sent: { url: string; headers: Headers; body: Record<string, unknown> }[] = []
  const fetch = async (input: unknown, init?: RequestInit) => {
    sent.push({ url: String(input), headers: new Headers(init?.headers), body: JSON.parse(String(init?.body)) })
    return new Response('{}', { status: 500 })
  }
  const model = openModel({ provider: 'openai-compatible', baseUrl: null, model: 'm', key: 'k', ...settings }, fetch)
  const result = streamText({ model, prompt: 'hi', maxOutputTokens: 50, maxRetries: 0, onError: () => {} })
  await result.consumeStream()
  return sent[0]!
}

test('the provider’s own address is used when none is given', async () => {
  expect((await requestOf({})).url).toBe('https://api.openai.com/v1/chat/completions')
  expect((await requestOf({ provider: 'anthropic' })).url).toBe('https://api.anthropic.com/v1/messages')
})

test('the limit of tokens is named as each provider knows it', async () => {
  expect((await requestOf({})).body).toMatchObject({ max_completion_tokens: 50 })
  expect((await requestOf({})).body.max_tokens).toBeUndefined()
  const other = await requestOf({ baseUrl: 'http://localhost:11434/v1/' })
  expect(other.url).toBe('http://localhost:11434/v1/chat/completions')
  expect(other.body).toMatchObject({ max_tokens: 50 })
})

test('a key of the environment is never taken', async () => {
  process.env.ANTHROPIC_API_KEY = 'sk-of-the-environment'
  process.env.OPENAI_API_KEY = 'sk-of-the-environment'
  for (const provider of ['anthropic', 'openai-compatible'] as const) {
    const { headers } = await requestOf({ provider, key: null })
    expect(JSON.stringify([...headers])).not.toContain('sk-of-the-environment')
  }
  delete process.env.ANTHROPIC_API_KEY
  delete process.env.OPENAI_API_KEY
})
