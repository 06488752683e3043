/** Answers that say "I could not find, do or know it", from two sources: a threshold does not move from one source to another. */
import { partOf, readRows } from './data.ts'
import { type Example, learnWithThresholds, type Recipe } from './learn.ts'

interface ConversationRow {
  messages: { id: string; role: string; text: string; action?: string }[]
  labels: { agent_could_not_help_msgs?: string[] }
}

export interface AnswerRow {
  text: string
  couldNotHelp: boolean
}

/** The different answers of a source; in STAR only those made by a button have a label. */
export function answersOf(folder: string, source: string): AnswerRow[] {
  const answers = new Map<string, boolean>()
  for (const { messages, labels } of readRows<ConversationRow>(folder, `conversations/${source}.jsonl`)) {
    const marked = new Set(labels.agent_could_not_help_msgs)
    for (const { id, role, text, action } of messages)
      if ((role === 'assistant' || role === 'human_agent') && (source !== 'star' || action))
        answers.set(text, (answers.get(text) ?? false) || marked.has(id))
  }
  return [...answers].map(([text, couldNotHelp]) => ({ text, couldNotHelp }))
}

/** A fifth of the answers, by their words, is never trained on: bin/eval measures on it. */
export const isKeptApart = ({ text }: AnswerRow): boolean => partOf(text, 5) === 0

/** Of the answers of SGD without a failure, of which there are most, so many hundredths are enough. */
const SGD_SHARE = 35

const RECIPE: Recipe = {
  name: 'could-not-help',
  labels: ['could not help'],
  features: { bits: 16, pieces: [3, 5], words: true, negation: true, shape: true, lexicon: false },
  solver: { cost: 4, classPower: 0.3, bayes: 0.2, passes: 10, seed: 20261121 },
  prune: 12,
  provenance:
    'Schema-Guided Dialogue, training part (Google, CC BY-SA 4.0; no text of it is kept) and STAR (Rasa, MIT): four fifths of the different ' +
    'answers, marked NOTIFY_FAILURE or as a failing button. Threshold chosen on a tenth of these that a first model did not see.',
}

export const trainCouldNotHelp = (folder: string): Uint8Array =>
  learnCouldNotHelp(learntAnswers(folder, ['sgd', 'star']))

/** What is learnt from of the named sources. */
export const learntAnswers = (folder: string, sources: ('sgd' | 'star')[]): AnswerRow[] =>
  sources
    .flatMap((source) => {
      const rows = answersOf(folder, source)
      return source === 'sgd'
        ? rows.filter(({ text, couldNotHelp }) => couldNotHelp || partOf(`${text} `, 100) < SGD_SHARE)
        : rows
    })
    .filter((row) => !isKeptApart(row))

export function learnCouldNotHelp(rows: AnswerRow[]): Uint8Array {
  const examples: Example[] = rows.map(({ text, couldNotHelp }) => ({
    text,
    labels: couldNotHelp ? RECIPE.labels : [],
  }))
  return learnWithThresholds(RECIPE, examples)
}
