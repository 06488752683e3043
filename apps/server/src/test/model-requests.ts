/** What the stand-in for language models accepts: requests in the two protocols, read strictly. */
import { z } from 'zod'

export interface Asked {
  protocol: 'openai' | 'anthropic'
  key: string
  model: string
  system: string
  messages: { role: string; text: string }[]
  maxTokens: number | undefined
  tools: string[]
  aborted: Promise<void>
}

const OpenAiRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(
    z.union([
      z.strictObject({ role: z.enum(['system', 'user']), content: z.string() }),
      z.strictObject({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        tool_calls: z
          .array(
            z.strictObject({
              id: z.string(),
              type: z.literal('function'),
              function: z.strictObject({ name: z.string(), arguments: z.string() }),
            }),
          )
          .optional(),
      }),
      z.strictObject({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
    ]),
  ),
  stream: z.literal(true),
  stream_options: z.strictObject({ include_usage: z.literal(true) }),
  max_tokens: z.int().positive(),
  temperature: z.number().min(0).max(2).optional(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.looseObject({
          name: z.string(),
          description: z.string(),
          parameters: z.looseObject({ type: z.literal('object') }),
        }),
      }),
    )
    .optional(),
  tool_choice: z.literal('auto').optional(),
})
const Block = z.looseObject({ type: z.enum(['text', 'tool_use', 'tool_result']) })
const AnthropicRequest = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.int().positive(),
  stream: z.literal(true),
  system: z.array(z.looseObject({ type: z.literal('text'), text: z.string().min(1) })),
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(Block).min(1) })).min(1),
})

export function readOpenAi(authorization: string | undefined, body: unknown, aborted: Promise<void>): Asked | string {
  const parsed = OpenAiRequest.safeParse(body)
  if (!parsed.success) return `chat completions: ${z.prettifyError(parsed.error)}`
  const { messages, model, max_tokens, tools } = parsed.data
  const open = new Set<string>()
  for (const message of messages) {
    if (message.role === 'tool' && !open.delete(message.tool_call_id)) return 'a tool result without its call'
    if (message.role === 'assistant') for (const call of message.tool_calls ?? []) open.add(call.id)
  }
  if (open.size > 0) return 'a tool call without its result'
  const said = messages.map((message) => ({ role: message.role, text: message.content ?? '' }))
  return {
    protocol: 'openai',
    key: authorization?.replace('Bearer ', '') ?? '',
    model,
    system: said.find(({ role }) => role === 'system')?.text ?? '',
    messages: said.filter(({ role }) => role !== 'system'),
    maxTokens: max_tokens,
    tools: tools?.map((tool) => tool.function.name) ?? [],
    aborted,
  }
}

export function readAnthropic(
  key: string | string[] | undefined,
  version: string | string[] | undefined,
  body: unknown,
  aborted: Promise<void>,
): Asked | string {
  if (version !== '2023-06-01') return 'anthropic-version'
  const parsed = AnthropicRequest.safeParse(body)
  if (!parsed.success) return `messages: ${z.prettifyError(parsed.error)}`
  const { messages, model, max_tokens, system, tools } = parsed.data
  if (messages[0]!.role !== 'user') return 'the first message must be the user’s'
  if (messages.some((message, i) => i > 0 && message.role === messages[i - 1]!.role)) return 'roles must alternate'
  return {
    protocol: 'anthropic',
    key: String(key ?? ''),
    model,
    system: system.map(({ text }) => text).join('\n'),
    messages: messages.map(({ role, content }) => ({
      role,
      text: content.map((block) => (typeof block.text === 'string' ? block.text : '')).join(''),
    })),
    maxTokens: max_tokens,
    tools: Array.isArray(tools) ? tools.map((tool) => String((tool as { name?: unknown }).name)) : [],
    aborted,
  }
}
