/** Try an agent: what a document of it would answer to a talk that is no conversation, and how it came to that. */
import type { tryAgent as endpoint, TriedAnswer } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { TurnEntry } from '../queries-turns.ts'
import { turnKey } from '../read-turn.ts'
import { answerTrial } from './answer-trial.ts'
import { agentOf } from './document.ts'

type Wish = z.output<typeof endpoint.body>

/** `signal` ends it: whoever asked has gone. */
export async function tryAgent(ctx: Context, id: string, wish: Wish, signal: AbortSignal): Promise<TriedAnswer> {
  if (wish.messages.at(-1)!.author !== 'contact')
    throw new AppError('request.invalid', {
      issues: [
        { path: ['messages'], message: 'the last message must be the contact’s: it is the one that is answered' },
      ],
    })
  const { agent } = await transact(ctx, (tx) => agentOf(tx, ctx, id, wish))
  const trial = { confirmed: wish.confirmed }
  return answerTrial(ctx, { agent, entries: wish.messages.map(asEntry), signal, trial })
}

/** An entry as the log would have it, so that it is read as a log is. */
function asEntry({ author, text, note }: Wish['messages'][number], i: number): TurnEntry {
  return {
    position: i + 1,
    kind: 'message',
    authorKind: author,
    authorName: null,
    text,
    data: note ? { answer: note } : null,
    clientKey: author === 'agent' ? turnKey(i) : null,
  }
}
