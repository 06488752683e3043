/**
 * The model engine: the embedded analysis goes in with its facts, checked text comes out. Scores, flags, outcome, stage and memory stay
 * the embedded engine's: a model chooses and words what was said, nothing else.
 */
import type { AnalyzeOptions } from '../analyzer.ts'
import type { ConversationAnalysis } from '../contract.ts'
import { gatherFacts } from '../facts.ts'
import { hashOf } from '../hash.ts'
import { readConversation } from '../reading.ts'
import type { ConversationSnapshot, SnapshotEntry } from '../snapshot.ts'
import { compose } from './compose.ts'
import { type ModelPort, NOTHING_SPENT, type Said, type Spent, spend } from './port.ts'
import { firstText, INSTRUCTIONS, repairText } from './prompt.ts'
import { readReply } from './reply.ts'
import { lineOf, readable } from './transcript.ts'
import { type Chosen, type Looked, verify } from './verify.ts'

export const MODEL_ENGINE_VERSION = '1.0.0'
/** Read at once; a longer conversation is read on with what was chosen so far. */
const CHUNK = 40
const MAX_OUTPUT_TOKENS = 1200

export type RefineOptions = Pick<AnalyzeOptions, 'taxonomy' | 'now' | 'language' | 'signal' | 'budget'> & {
  /** The analysis before: when nothing that was read has changed since, its words are taken and nobody is asked. */
  previous?: ConversationAnalysis | undefined
}

export type Refined =
  /** The model's words, or the embedded ones with a warning when the model's could not be borne out. */
  | { kind: 'done'; analysis: ConversationAnalysis }
  /** The provider failed: it may be asked again later, and the embedded review stands until then. */
  | { kind: 'unavailable'; error: unknown; spent: Spent }

class Unavailable extends Error {
  readonly spent: Spent
  constructor(cause: unknown, spent: Spent) {
    super('the model could not be asked', { cause })
    this.spent = spent
  }
}

export const refineReview = async (
  snapshot: ConversationSnapshot,
  embedded: ConversationAnalysis,
  port: ModelPort,
  options: RefineOptions = {},
): Promise<Refined> => {
  const promptHash = promptHashOf(snapshot, embedded)
  const again = reuse(embedded, { model: port.model, promptHash }, options.previous)
  if (again) return { kind: 'done', analysis: again }
  if (!embedded.applicable) return { kind: 'done', analysis: embedded }
  const started = Date.now()
  try {
    const { chosen, spent, warnings } = await choose(snapshot, embedded, port, options)
    const cost = { ...spent, ms: Date.now() - started }
    if (!chosen) return { kind: 'done', analysis: fallBack(embedded, port.model, cost, warnings) }
    const facts = gatherFacts(readConversation(snapshot, { ...options, reason: 'manual' }))
    const texts = compose(embedded, facts, chosen)
    return {
      kind: 'done',
      analysis: {
        ...embedded,
        ...texts,
        provenance: provenance(embedded, { model: port.model, promptHash }, cost, warnings),
      },
    }
  } catch (error) {
    if (error instanceof Unavailable)
      return { kind: 'unavailable', error: error.cause, spent: { ...error.spent, ms: Date.now() - started } }
    throw error
  }
}

/** The embedded review stands in a model's place, and says why. */
export const fallBack = (
  embedded: ConversationAnalysis,
  model: string,
  spent: Spent,
  warnings: readonly string[],
): ConversationAnalysis => ({
  ...embedded,
  provenance: {
    ...embedded.provenance,
    ...costs(embedded, spent),
    fallbackFrom: model,
    warnings: [...embedded.provenance.warnings, ...warnings],
  },
})

type Choosing = { chosen: Chosen | null; spent: Spent; warnings: string[] }

async function choose(
  snapshot: ConversationSnapshot,
  embedded: ConversationAnalysis,
  port: ModelPort,
  options: RefineOptions,
): Promise<Choosing> {
  const entries = readable([...snapshot.entries].sort((a, b) => a.position - b.position))
  const byPosition = new Map(entries.map((entry) => [entry.position, entry]))
  let choosing: Choosing = { chosen: null, spent: NOTHING_SPENT, warnings: [] }
  for (let from = 0; from < entries.length; from += CHUNK) {
    const over = overBudget(choosing.spent, options.budget)
    if (over && from > 0) {
      const warning = `The model read ${from} of ${entries.length} entries: ${over}.`
      return { ...choosing, warnings: [...choosing.warnings, warning] }
    }
    const part = entries.slice(from, from + CHUNK)
    choosing = await readPart({ part, byPosition, embedded, port }, choosing, options)
    if (!choosing.chosen) return choosing
  }
  return choosing
}

type Part = {
  part: SnapshotEntry[]
  byPosition: ReadonlyMap<number, SnapshotEntry>
  embedded: ConversationAnalysis
  port: ModelPort
}

async function readPart(
  { part, byPosition, embedded, port }: Part,
  before: Choosing,
  options: RefineOptions,
): Promise<Choosing> {
  const fence = port.fence()
  const instructions = INSTRUCTIONS(fence)
  const soFar = before.chosen ? linesOf(before.chosen) : []
  const text = firstText({ facts: factsOf(embedded), soFar, lines: part.map(lineOf), fence })
  const { maxTokens } = options.budget ?? { maxTokens: Number.POSITIVE_INFINITY }
  let spent = before.spent
  let looked: Looked | undefined
  let asking = text
  for (let attempt = 0; attempt < 2; attempt++) {
    if (options.signal?.aborted) throw new Unavailable(new Error('The review was cancelled.'), spent)
    let said: Said
    try {
      said = await port.ask({ instructions, text: asking, maxOutputTokens: Math.min(MAX_OUTPUT_TOKENS, maxTokens) })
    } catch (error) {
      throw new Unavailable(error, spent)
    }
    spent = spend(spent, said)
    const reply = readReply(said.text)
    const now = reply
      ? verify(reply, byPosition)
      : { chosen: NOTHING, refused: ['it is not the JSON object that was asked for'] }
    looked = best(looked, now)
    if (now.refused.length === 0 || overBudget(spent, options.budget)) break
    asking = repairText(text, now.refused)
  }
  const chosen = looked && (countOf(looked.chosen) > 0 ? looked.chosen : before.chosen)
  const dropped = looked?.refused.length ?? 0
  if (!chosen)
    return {
      chosen: null,
      spent,
      warnings: [
        ...before.warnings,
        'What the model said is not borne out by the conversation; these are the words of the embedded engine.',
      ],
    }
  const warning =
    dropped > 0 ? [`${dropped} lines of the model are not borne out by the conversation and were left out.`] : []
  return { chosen, spent, warnings: [...before.warnings, ...warning] }
}

const NOTHING: Chosen = { needs: [], did: [], performance: [] }
const countOf = ({ needs, did, performance }: Chosen): number => needs.length + did.length + performance.length
const best = (a: Looked | undefined, b: Looked): Looked => (a && countOf(a.chosen) > countOf(b.chosen) ? a : b)

/** What was chosen from earlier parts, as lines to cite again. */
const linesOf = ({ needs, did, performance }: Chosen): string[] => [
  ...needs.map(({ text, evidence }) => `needs #${evidence.position}: ${text}`),
  ...did.map(({ text, evidence }) => `did #${evidence.position}: ${text}`),
  ...performance.map(({ text, evidence }) => `performance #${evidence.position}: ${text}`),
]

/** Only figures and words of ours: what anybody wrote stands between the marks. */
const factsOf = ({ quality, outcome, flags, language }: ConversationAnalysis): string[] => [
  `language: ${language}`,
  `resolution: ${outcome.resolution.value ?? 'unknown'}`,
  `end: ${outcome.end}`,
  `flags: ${flags.map(({ code }) => code).join(', ') || 'none'}`,
  `quality: ${quality.score ?? 'not judged'}`,
]

const overBudget = (spent: Spent, budget: RefineOptions['budget']): string | null => {
  if (!budget) return null
  if ((spent.costUsd ?? 0) >= budget.maxUsd) return 'the money set for it is used up'
  return spent.tokensIn + spent.tokensOut >= budget.maxTokens ? 'the tokens set for it are used up' : null
}

const versionOf = (embedded: ConversationAnalysis): string => `${MODEL_ENGINE_VERSION}+${embedded.provenance.version}`

const costs = ({ provenance: { ms, tokensIn, tokensOut, costUsd } }: ConversationAnalysis, spent: Spent) => ({
  tokensIn: tokensIn + spent.tokensIn,
  tokensOut: tokensOut + spent.tokensOut,
  costUsd: costUsd === null || spent.costUsd === null ? null : costUsd + spent.costUsd,
  ms: ms + spent.ms,
})

interface By {
  model: string
  promptHash: string
}

/** Of all that a model would read: who calls themselves otherwise since has said nothing new. */
const promptHashOf = ({ entries }: ConversationSnapshot, embedded: ConversationAnalysis): string =>
  hashOf({
    version: MODEL_ENGINE_VERSION,
    question: INSTRUCTIONS(''),
    facts: factsOf(embedded),
    lines: readable(entries).map(lineOf),
  })

const provenance = (embedded: ConversationAnalysis, { model, promptHash }: By, spent: Spent, warnings: string[]) => ({
  ...embedded.provenance,
  ...costs(embedded, spent),
  analyzer: 'model',
  version: versionOf(embedded),
  model,
  promptHash,
  warnings: [...embedded.provenance.warnings, ...warnings],
})

/** The same to read and the same model: the same words, paid once. */
const reuse = (
  embedded: ConversationAnalysis,
  by: By,
  previous: ConversationAnalysis | undefined,
): ConversationAnalysis | undefined => {
  const then = previous?.provenance
  if (!previous || then?.analyzer !== 'model' || then.model !== by.model || then.promptHash !== by.promptHash)
    return undefined
  const { sessionSummary, summary, intent, agentPerformance } = previous
  const again = provenance(embedded, by, NOTHING_SPENT, then.warnings)
  return { ...embedded, sessionSummary, summary, intent, agentPerformance, provenance: again }
}
