/** Which dialog of the follow-ups is open. */
import type { FollowUpPlan } from '@earshot/contracts'

export type Asked = { what: 'change' | 'preview' | 'history' | 'delete'; plan: FollowUpPlan } | { what: 'add' } | null
