/** Test an external agent: asks it one thing at an address, and tells what came back or why nothing did. Nothing is stored. */
import { type Context, transact } from '../../platform/context.ts'
import { accessAgent } from '../access.ts'
import type { Question } from '../answer.ts'
import type { Voice } from '../answer-with-model.ts'
import type { ToAnswer } from '../to-answer.ts'
import { askExternal, failureOf, NO_SECRET } from './answer-outside.ts'
import { textOf } from './answer-parts.ts'
import { writeEvent } from './event.ts'
import { openSecrets } from './secret.ts'

export interface TestedExternal {
  ok: boolean
  answeredBy: 'json' | 'stream' | 'later' | null
  text: string | null
  handoff: string | null
  error: string | null
  durationMs: number
}

const TEST_MS = 30_000

export async function testExternal(ctx: Context, agentId: string, url: string, text: string): Promise<TestedExternal> {
  const agent = await transact(ctx, (tx) => accessAgent(tx, ctx, agentId))
  const startedAt = performance.now()
  const result = (of: Partial<TestedExternal>): TestedExternal => ({
    ok: false,
    answeredBy: null,
    text: null,
    handoff: null,
    error: null,
    ...of,
    durationMs: Math.round(performance.now() - startedAt),
  })
  const secrets = await openSecrets(ctx, agentId)
  if (secrets.length === 0) return result({ error: NO_SECRET })
  const question: Question = {
    agent,
    history: [],
    unanswered: [{ position: 1, author: 'contact', name: null, text, note: null }],
    search: async () => [],
  }
  const { limits } = ctx.agents
  const asked: ToAnswer = {
    agent,
    question,
    brief: { handBack: null, coaching: [] },
    limits,
    breaker: null,
  }
  try {
    const body = await writeEvent(ctx, asked, null)
    const external = { url, timeoutMs: TEST_MS, retries: 0 }
    const reply = await askExternal(ctx, { external, secrets, body, call: null }, 'test', TEST_MS, unheard())
    if (reply.kind === 'later') return result({ ok: true, answeredBy: 'later' })
    const said = textOf(reply.answer)
    if (said === '' && !reply.answer.handoff) return result({ error: 'It answered nothing.' })
    const handoff = reply.answer.handoff?.reason ?? null
    return result({ ok: true, answeredBy: reply.by, text: said || null, handoff })
  } catch (error) {
    return result({ error: failureOf(error, secrets).detail })
  }
}

const unheard = (): Voice => ({
  signal: new AbortController().signal,
  hasSpoken: false,
  write: () => {},
  restart: () => {},
  record: async () => {},
})
