/** What a replay comes to so far: kept as the result of its job. */
import type { Replay, ReplayTurn } from '@earshot/contracts'
import type { JobData } from '../../jobs/index.ts'

type Summary = Replay['summary']

export const emptySummary = (): Summary => ({
  questions: 0,
  marks: {},
  unanswered: { before: 0, after: 0 },
  handoffs: { before: 0, after: 0 },
  costUsd: { before: 0, after: 0 },
})

export function withTurn(summary: Summary, { mark, before, after }: ReplayTurn): Summary {
  const add = (pair: { before: number; after: number }, was: boolean, is: boolean) => ({
    before: pair.before + Number(was),
    after: pair.after + Number(is),
  })
  return {
    ...summary,
    questions: summary.questions + 1,
    marks: { ...summary.marks, [mark]: (summary.marks[mark] ?? 0) + 1 },
    unanswered: add(summary.unanswered, before.unanswered || before.by === 'nobody', after.unanswered),
    handoffs: add(summary.handoffs, before.handoff !== null, after.handoff !== null),
    costUsd: { ...summary.costUsd, after: summary.costUsd.after + after.costUsd },
  }
}

/** What the conversation cost then. */
export const withCost = (summary: Summary, before: number): Summary => ({
  ...summary,
  costUsd: { ...summary.costUsd, before: summary.costUsd.before + before },
})

export const asResult = (summary: Summary): JobData => ({ summary: JSON.parse(JSON.stringify(summary)) })
export const summaryIn = (result: JobData): Summary =>
  (result.summary as unknown as Summary | undefined) ?? emptySummary()
