/** Which of the workspace's intents a conversation is about: of what the contact came for, else of what they said first. */
import type { WorkspaceIntents } from '../analyzer.ts'
import type { Evidence, NamedIntent } from '../contract.ts'
import { evidenceOf, type Need } from '../narrative/need.ts'
import type { Reading } from '../reading.ts'

/** Why somebody came stands in the first messages. */
const LOOK_AT = 4
/** Longer texts say more than one thing. */
const LONGEST = 600

export const nameIntent = (reading: Reading, need: Need | null, intents: WorkspaceIntents): NamedIntent | null => {
  const first = reading.contact.slice(0, LOOK_AT)
  const said: { text: string; evidence: Evidence }[] = [
    ...(need ? [{ text: need.sentence.text, evidence: evidenceOf(need) }] : []),
    ...first.map(({ position, text }) => ({ text: text.slice(0, LONGEST), evidence: { position } })),
  ]
  for (const { text, evidence } of said) {
    const judged = intents.judge(text)
    if (judged) return { ...judged, version: intents.version, evidence: [evidence] }
  }
  return null
}
