/** The door of reviews: the judgement of every conversation. */
import type { Analyzer } from '@earshot/analysis'

declare module '../platform/context.ts' {
  interface Services {
    analyzer: Analyzer
  }
}

export { observeEvents } from './observe.ts'
export { reviewConversation } from './review-conversation.ts'
export { reviewRoutes } from './routes.ts'
export { reviewSweep } from './sweep.ts'
