/** What of the address belongs to second reviews: whose answers are judged. */
import type { Judged } from '@earshot/contracts'

export type JudgedSearch = { judged: Judged }

export const readJudgedSearch = ({ judged }: Record<string, unknown>): JudgedSearch => ({
  judged: judged === 'human' || judged === 'mixed' ? judged : 'agent',
})
