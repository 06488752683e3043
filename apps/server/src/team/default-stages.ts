/** The ten stages a workspace begins with; it may rename, add and reorder them. */

import type { StageCategory } from '@earshot/contracts'
import type { z } from 'zod'

export interface StageSeed {
  key: string
  name: string
  category: z.infer<typeof StageCategory>
}

export const DEFAULT_STAGES: readonly StageSeed[] = [
  { key: 'in_progress', name: 'In Progress', category: 'open' },
  { key: 'opportunity', name: 'Opportunity', category: 'open' },
  { key: 'potential_customer', name: 'Potential Customer', category: 'open' },
  { key: 'quote_request', name: 'Quote Request', category: 'open' },
  { key: 'follow_up', name: 'Follow-up', category: 'open' },
  { key: 'contacted', name: 'Contacted', category: 'waiting' },
  { key: 'waiting_response', name: 'Waiting Response', category: 'waiting' },
  { key: 'info_only', name: 'Info Only', category: 'ignored' },
  { key: 'not_interested', name: 'Not Interested', category: 'lost' },
  { key: 'spam', name: 'Spam', category: 'ignored' },
]
