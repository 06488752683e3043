/** The embedded analyser: what the server, the live path and other engines may use of it. */
export type {
  AnalyzeOptions,
  Analyzer,
  LiveDelta,
  LiveReading,
  LiveState,
  WorkspaceIntents,
  WorkspaceTaxonomy,
} from './analyzer.ts'
export { EMPTY_LIVE_STATE } from './analyzer.ts'
export * from './contract.ts'
export { analyzeEmbedded, createEmbeddedAnalyzer, EMBEDDED_VERSION, inputHashOf } from './embedded.ts'
export { type IntentExamples, type Intents, learnIntents } from './intents/intents.ts'
export { learnWorkspaceIntents } from './intents/workspace-intents.ts'
export { masked } from './memory/secrets.ts'
export { type Answered, answerQuestions } from './model-engine/answer-questions.ts'
export type { Asked, ModelPort, Said, Spent } from './model-engine/port.ts'
export {
  fallBack,
  MODEL_ENGINE_VERSION,
  type Refined,
  type RefineOptions,
  refineReview,
} from './model-engine/refine-review.ts'
export { type BriefCall, type BriefFacts, type BriefLine, briefEmbedded, resultText } from './narrative/brief.ts'
export { applyRubric, type Base, baseOf, isWeighable, NO_MODEL, type Ruled } from './own/apply-rubric.ts'
export { type Match, matchRule } from './own/match-rule.ts'
export { type Measured, measure } from './own/measure.ts'
export { type OwnFlag, type OwnRule, raiseOwnFlags } from './own/raise-own-flags.ts'
export { effectiveScore, scoreOf } from './rubric/effective.ts'
export { RUBRIC } from './rubric/rubric.ts'
export * from './snapshot.ts'
