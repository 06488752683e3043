/** Agents that say it is done when it is not: no word of theirs, and no thanks for it, makes anything resolved. */
import { expect, test } from 'vitest'
import type { ConversationAnalysis } from './contract.ts'
import { refineReview } from './model-engine/refine-review.ts'
import { analyze, chat, codesOf, type Line } from './test/chat.ts'

const ASK: Line = ['c', 'Please refund my order HP-2042, I never received it and I want my money back.']
const CLAIMS = [
  'I have refunded your order HP-2042.',
  'Your refund has been successfully processed.',
  'Done! The refund is on its way, your issue is resolved.',
  'All set, everything has been taken care of and your case is resolved.',
  'Ihre Bestellung wurde erstattet, das Problem ist gelöst.',
  'He reembolsado su pedido, el problema está resuelto.',
  'J’ai remboursé votre commande, le problème est résolu.',
]
const FAILURES: [string, Line[]][] = [
  ['no function ran', []],
  ['the function failed', [['f', 'refund_order', { status: 'error', result: { error: 'time-out' } }]]],
  ['the function was refused', [['f', 'refund_order', { status: 'refused', result: null }]]],
  ['the function is still running', [['f', 'refund_order', { status: 'running', result: null }]]],
  [
    'the function answered with a failure',
    [['f', 'refund_order', { status: 'ok', result: { success: false, error: 'not eligible' } }]],
  ],
  ['only a look-up ran', [['f', 'look_up_order', { status: 'ok', result: { id: 'HP-2042' } }]]],
]
const ENDS: [string, Line[]][] = [
  ['nothing more is said', []],
  ['the contact says thanks', [['c', 'Thank you very much, have a nice day!']]],
  [
    'the contact believes it',
    [
      ['c', 'Okay, great.'],
      ['a', 'I am glad that I could resolve it for you.'],
    ],
  ],
]

const cases = CLAIMS.flatMap((claim) =>
  FAILURES.flatMap(([failure, calls]) =>
    ENDS.map(([end, after]) => ({
      name: `${claim} ${failure}; ${end}`,
      lines: [ASK, ...calls, ['a', claim] as Line, ...after],
    })),
  ),
)

const PROVEN = ['executed', 'confirmed', 'verified']
/** What a review says by itself, without what it quotes. */
const ownWords = ({ sessionSummary, summary, agentPerformance }: ConversationAnalysis) =>
  [sessionSummary, summary, agentPerformance].map(({ value }) => (value ?? '').replace(/“[^”]*”/gu, '')).join(' ')

test('a false claim is at most a claim', () => {
  const wrong = cases.flatMap(({ name, lines }) => {
    const analysis = analyze(lines)
    const { outcome, quality } = analysis
    const points = quality.parts.find(({ key }) => key === 'resolution')?.points ?? 0
    const found = [
      PROVEN.includes(outcome.resolution.value ?? '') && outcome.resolution.value,
      points > 8 && `${points} points`,
      /\b(?:resolved|solved|verified|succeeded)\b/i.test(ownWords(analysis)) && ownWords(analysis),
    ].filter(Boolean)
    return found.length > 0 ? [`${name}: ${found.join(', ')}`] : []
  })
  expect(wrong).toEqual([])
})

test('a claim against what its function answered is told as such, with its place', () => {
  const analysis = analyze([
    ASK,
    ['f', 'refund_order', { status: 'error', result: { error: 'time-out' } }],
    ['a', CLAIMS[0]!],
    ['c', 'ok'],
    ['a', 'Anything else?'],
  ])
  expect(codesOf(analysis)).toContain('contradicted_claim')
  expect(
    analysis.flags.find(({ code }) => code === 'contradicted_claim')?.evidence.map(({ position }) => position),
  ).toContain(3)
  expect(analysis.quality.score).toBeLessThanOrEqual(45)
})

test('a model that calls it resolved changes nothing of that', async () => {
  for (const [i, { lines }] of cases.filter((_, i) => i % 9 === 0).entries()) {
    const claim = lines.find(([who], i) => who === 'a' && i > 0)![1]
    const said = {
      text: i % 2 ? claim : `${claim} It is verified.`,
      position: lines.findIndex(([who]) => who === 'a') + 1,
      quote: claim,
    }
    const before = analyze(lines)
    const port = {
      model: 'm',
      fence: () => '=====1=====',
      ask: async () => ({
        text: JSON.stringify({ did: [said], performance: [said], resolution: 'verified' }),
        tokensIn: 1,
        tokensOut: 1,
        costUsd: 0,
      }),
    }
    const result = await refineReview(chat(lines), before, port)
    if (result.kind !== 'done') throw new Error('the port does not fail')
    expect(result.analysis.outcome).toEqual(before.outcome)
    expect(ownWords(result.analysis)).not.toMatch(
      /verified|resolved|refunded|processed|erstattet|reembolsado|remboursé/,
    )
  }
})
