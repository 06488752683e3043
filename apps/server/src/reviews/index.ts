/** The door of reviews: the judgement of every conversation. */
import type { Analyzer } from '@earshot/analysis'

declare module '../platform/context.ts' {
  interface Services {
    analyzer: Analyzer
  }
}

export { type Example, findExamples } from './agreement/examples.ts'
export { briefHandoffs } from './brief/follow-handoffs.ts'
export { refineBriefs } from './brief/refine-brief.ts'
export { writeMissingBrief } from './brief/write-brief.ts'
export { workspaceIntentsOf } from './intents/learnt.ts'
export { liveObserver } from './observe.ts'
export { reviewConversation } from './review-conversation.ts'
export { reviewRoutes } from './routes.ts'
export { reviewSweep } from './sweep.ts'
