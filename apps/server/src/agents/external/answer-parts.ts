/** The parts of an external agent's answer, as our own log and queue know them. */
import type { ExternalAnswer } from '@earshot/contracts'
import type { Handoff } from '../answer.ts'
import type { Cost } from '../to-answer.ts'

/** Several messages are said in one breath: a contact's message has one answer. */
export const textOf = ({ messages }: ExternalAnswer): string =>
  messages
    .map(({ text }) => text.trim())
    .filter(Boolean)
    .join('\n\n')
    .slice(0, 16_000)

export const usageOf = ({ usage }: ExternalAnswer): Cost | null => usage

export const handoffOf = (announcement: string): Handoff => ({ reason: 'agent_asked', by: 'agent', announcement })
