/** Which flow a conversation is in: by the words of the contact, in the order of the agent's list; otherwise it stays as it is. */
import type { AgentConfig, Flow } from '@earshot/contracts'
import { findWord } from '../triggers/says.ts'

interface Place {
  current: Flow | null
  channelKind: string
}

export function chooseFlow({ flows }: AgentConfig, { current, channelKind }: Place, text: string): Flow | null {
  const open = flows.filter((flow) => flow.on)
  const byRule = open.flatMap(({ when, ...flow }) =>
    when.by === 'rule' && (when.channels.length === 0 || when.channels.some((kind) => kind === channelKind))
      ? [{ ...flow, when }]
      : [],
  )
  const said = byRule.find(({ when }) => findWord(text, when.words) !== undefined)
  if (said) return said
  // A flow that was switched off, or is gone, is left.
  const still = current && open.find(({ id }) => id === current.id)
  return still ?? byRule.find(({ when }) => when.words.length === 0) ?? null
}

/** Flows the model may switch to. */
export const flowsByModel = ({ flows }: AgentConfig, current: Flow | null): Flow[] =>
  flows.filter(({ on, when, id }) => on && when.by === 'model' && id !== current?.id)
