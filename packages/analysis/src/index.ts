/** The embedded analyser: what the server, the live path and other engines may use of it. */
export type { AnalyzeOptions, Analyzer, LiveDelta, LiveState, WorkspaceTaxonomy } from './analyzer.ts'
export { EMPTY_LIVE_STATE } from './analyzer.ts'
export * from './contract.ts'
export { analyzeEmbedded, createEmbeddedAnalyzer, EMBEDDED_VERSION, inputHashOf } from './embedded.ts'
export { masked } from './memory/secrets.ts'
export { type BriefCall, type BriefFacts, type BriefLine, briefEmbedded, resultText } from './narrative/brief.ts'
export { RUBRIC } from './rubric/rubric.ts'
export * from './snapshot.ts'
