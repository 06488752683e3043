/** The part of a model's instructions that its document holds beside the plain ones: the flow in use, situations, when to call a person. */
import type { AgentConfig } from '@earshot/contracts'
import { type Facts, NO_FACTS } from '../triggers/facts.ts'

export function writeFlow({ flow }: Facts = NO_FACTS): string {
  if (!flow) return ''
  return `# The playbook in use: ${flow.name}\n${flow.instructions.trim() || 'It has no instructions of its own.'}`
}

export function writeSituations({ situations }: AgentConfig, facts: Facts = NO_FACTS): string {
  const open = situations.filter(({ on }) => on)
  if (open.length === 0) return ''
  const lines = open.map(({ trigger, act, words, id }) => {
    const times = facts.situations.get(id) ?? 0
    const noted =
      words.length > 0 ? (times > 0 ? ' It has happened in this conversation.' : '') : ' Call note_situation.'
    return `- When this happens: ${trigger}. ${act.trim()}${noted}`
  })
  return `# Situations\n${lines.join('\n')}`
}

/** When to call `hand_off`, as far as it is switched on. */
export function writeHandoffRule({ handoff }: AgentConfig): string {
  const when = [
    handoff.contactAsks.on && 'when the customer asks for a person',
    handoff.negativeTone.on && 'when the customer is angry',
    'when you cannot help after trying',
  ].filter((one) => one !== false)
  return `- Call hand_off ${when.join(', or ')}.`
}
