/** Memory and tone as a conversation runs: one pure step per entry, which the full analysis folds over all of them. */
import type { LiveDelta, LiveState } from '../analyzer.ts'
import type { Extracted, MessageTone } from '../contract.ts'
import { scoreMessage } from '../emotions/score-message.ts'
import type { SnapshotEntry } from '../snapshot.ts'
import { detectLanguage } from '../text/language.ts'
import { askedFields, fillFrom, fillNumbers } from './asked-for.ts'
import { detect, type Found, normalPhone } from './detectors.ts'
import { findSecrets, mask } from './secrets.ts'

/** Each newer message counts this much more than the one before it. */
export const RECENCY = 1.5
export const TONE_THRESHOLD = 0.2

/** A message is at most 16,000 characters; values are looked for in its beginning. */
const READ_AT_MOST = 4000

export const observe = (entry: SnapshotEntry, state: LiveState): LiveDelta => {
  if (entry.kind !== 'message' || entry.author === 'system' || entry.text.trim() === '')
    return { state, memory: [], messageTone: null }
  if (entry.author !== 'contact')
    return { state: { ...state, askedFor: askedFields(entry.text) }, memory: [], messageTone: null }

  const text = entry.text.slice(0, READ_AT_MOST)
  const language = state.language === 'und' ? (detectLanguage(text) ?? 'und') : state.language
  const messageTone = scoreMessage(text, language)
  const memory = valuesIn(text, entry.position, state).flatMap((value) => accept(value, state.memory))
  return {
    state: {
      ...state,
      language,
      // What was asked stays asked until it is given or the agent asks for something else.
      askedFor: state.askedFor.filter((key) => !memory.some((item) => item.key === key)),
      memory:
        memory.length > 0
          ? { ...state.memory, ...Object.fromEntries(memory.map((item) => [item.key, item])) }
          : state.memory,
      tone: nextTone(state.tone, messageTone),
    },
    memory,
    messageTone,
  }
}

const nextTone = (tone: LiveState['tone'], message: MessageTone): LiveState['tone'] => {
  // Weights decay backwards rather than grow forwards, so that a thousand messages stay finite.
  const weighted = tone.weighted / RECENCY + message.polarity
  const weight = tone.weight / RECENCY + 1
  const polarity = weighted / weight
  return { weighted, weight, messages: tone.messages + 1, polarity, tone: toneOf(polarity) }
}

export const toneOf = (polarity: number): LiveState['tone']['tone'] =>
  polarity > TONE_THRESHOLD ? 'positive' : polarity < -TONE_THRESHOLD ? 'negative' : 'neutral'

const valuesIn = (text: string, position: number, state: LiveState): Extracted[] => {
  const values = new Map<string, Extracted>()
  const secrets = findSecrets(text)
  for (const { kind, start, end } of secrets)
    values.set(
      kind,
      item(kind, mask(text.slice(start, end)), position, start, end, { sensitive: true, confidence: 0.95 }),
    )
  for (const found of detect(text, state.phonePrefix))
    if (!values.has(found.key)) values.set(found.key, toItem(found, position))
  const together = fillNumbers(text, state.askedFor)
  for (const { key, value, sensitive, start, end } of together)
    values.set(key, item(key, sensitive ? mask(value) : value, position, start, end, { sensitive, confidence: 0.8 }))
  for (const key of state.askedFor) {
    const filled = values.has(key) ? null : fillFrom(text, key)
    if (!filled || secrets.some(({ start, end }) => filled.start < end && filled.end > start)) continue
    // A name already known from an introduction in the same breath is not asked again for another key.
    if ([...values.values()].some(({ evidence }) => (evidence[0]?.start ?? -1) === filled.start)) continue
    const value = filled.sensitive ? mask(filled.value) : filled.value
    const normalized = key === 'phone' ? normalPhone(filled.value, state.phonePrefix) : null
    values.set(
      key,
      item(key, value, position, filled.start, filled.end, {
        sensitive: filled.sensitive,
        normalized,
        confidence: 0.8,
      }),
    )
  }
  return [...values.values()]
}

/** An account's number opens doors: it is masked like a secret. */
const toItem = ({ key, value, normalized, confidence, start, end }: Found, position: number): Extracted =>
  key === 'account_number'
    ? item(key, mask(value), position, start, end, { sensitive: true, confidence })
    : item(key, value, position, start, end, { normalized, confidence })

const item = (
  key: string,
  value: string,
  position: number,
  start: number,
  end: number,
  more: { normalized?: string | null; sensitive?: boolean; confidence: number },
): Extracted => ({
  key,
  value,
  normalized: more.normalized ?? null,
  sensitive: more.sensitive ?? false,
  confidence: more.confidence,
  by: 'rule',
  evidence: [{ position, start, end }],
  supersedes: null,
})

/** A person's edit and what a tool wrote stand; the same value said again changes nothing; a new one keeps the old as history. */
const accept = (value: Extracted, memory: Record<string, Extracted>): Extracted[] => {
  const known = Object.hasOwn(memory, value.key) ? memory[value.key] : undefined
  if (!known) return [value]
  if (known.by === 'human' || known.by === 'event') return []
  if (known.value.toLowerCase() === value.value.toLowerCase()) return []
  return [{ ...value, supersedes: known.value }]
}
