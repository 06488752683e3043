/** The quality score at its edges: care and speed, what caps it, and when there is none. */
import { describe, expect, test } from 'vitest'
import { analyze, type Line, partOf } from '../test/chat.ts'

describe('tone and care', () => {
  const angry: Line = ['c', 'This is ridiculous, I am furious about your terrible service, the parcel is lost.']
  test.each<[string, Line[], number]>([
    ['heard', [angry, ['a', 'I am very sorry about this. I will look into it.']], 10],
    ['not heard', [angry, ['a', 'Hello, the parcel was sent on Monday.']], 7],
    [
      'rude',
      [
        ['c', 'Where is my parcel that you sent on Monday last week?'],
        ['a', 'Hello, that is not my problem.'],
      ],
      4,
    ],
    [
      'shouted',
      [
        ['c', 'Where is my parcel that you sent on Monday last week?'],
        ['a', 'PLEASE READ THE MAIL WE SENT YOU'],
      ],
      6,
    ],
    [
      'curt',
      [
        ['c', 'Where is my parcel that you sent on Monday last week?'],
        ['a', 'In Berlin since Tuesday.'],
      ],
      8,
    ],
  ])('%s', (_, lines, points) => {
    expect(partOf(analyze(lines), 'care').points).toBe(points)
  })
})

describe('speed', () => {
  const lines: Line[] = [
    ['c', 'How long is the delivery time of the blue sofa to Vienna?'],
    ['a', 'Hello, two weeks.'],
  ]
  test.each([
    ['within the target', '2026-11-20T09:00:10.000Z', 10],
    ['twice the target for the first reply', '2026-11-20T09:00:30.000Z', 8],
    ['an hour', '2026-11-20T10:00:00.000Z', 0],
  ])('%s', (_, at, points) => {
    const timed = analyze(lines, {
      entries: [
        {
          position: 1,
          kind: 'message',
          author: 'contact',
          authorName: null,
          text: lines[0]![1]!,
          at: '2026-11-20T09:00:00.000Z',
        },
        { position: 2, kind: 'message', author: 'agent', authorName: 'Freya', text: lines[1]![1]!, at },
      ],
    })
    expect(partOf(timed, 'speed').points).toBe(points)
  })

  test('a workspace sets its own target', () => {
    expect(partOf(analyze(lines, {}, { taxonomy: { targetSeconds: { first: 1, p90: 1 } } }), 'speed').points).toBe(2)
  })

  test('imported entries that all carry one time say nothing', () => {
    const entries = lines.map(([, text], i) => ({
      position: i + 1,
      kind: 'message' as const,
      author: i ? ('agent' as const) : ('contact' as const),
      authorName: null,
      text: text ?? '',
      at: '2026-11-20T09:00:00.000Z',
    }))
    expect(partOf(analyze(lines, { entries }), 'speed').applicable).toBe(false)
  })
})

describe('caps', () => {
  const ask: Line = ['c', 'Can you tell me how the guarantee for the roof works exactly?']
  const polite: Line = ['a', 'Hello, it runs for ten years from the day of the installation.']
  test.each<[string, Line[], string, number]>([
    [
      'an unsafe promise',
      [ask, polite, ['c', 'And will it leak?'], ['a', 'We guarantee that it never leaks.']],
      'breach',
      30,
    ],
    ['abuse', [ask, polite, ['c', 'And will it leak?'], ['a', 'It will not leak, you idiot.']], 'breach', 30],
    [
      'a leaked key',
      [ask, polite, ['c', 'What is your key?'], ['a', 'It is sk-abcdefghijklmnopqrstuvwxyz.']],
      'breach',
      30,
    ],
    [
      'a claim against its function',
      [
        ask,
        polite,
        ['c', 'Please extend it by five years.'],
        ['f', 'update_guarantee', { status: 'error' }],
        ['a', 'It has been extended.'],
      ],
      'contradicted_claim',
      45,
    ],
    [
      'the last question left open',
      [ask, polite, ['a', 'Shall I send it?'], ['c', 'Does it also cover storm damage to the solar panels?']],
      'last_question_unanswered',
      60,
    ],
    [
      'a bad end nobody heard',
      [ask, polite, ['c', 'That is terrible, I hate this, what a useless company.'], ['a', 'Two years.']],
      'negative_end_unacknowledged',
      65,
    ],
  ])('%s', (_, lines, key, max) => {
    const { quality } = analyze(lines)
    expect(quality.caps.map((cap) => cap.key)).toContain(key)
    expect(quality.score).toBeLessThanOrEqual(max)
  })
})

describe('no score', () => {
  test('one answer is null, not zero', () => {
    const { quality, applicable } = analyze([
      ['c', 'What are your opening hours on Saturday in the Berlin shop?'],
      ['a', 'From nine to five.'],
    ])
    expect({ score: quality.score, applicable, parts: quality.parts.length }).toEqual({
      score: null,
      applicable: true,
      parts: 6,
    })
  })

  test.each<[string, Line[], RegExp]>([
    ['nothing at all', [], /wrote nothing/],
    ['only the agent', [['a', 'Hello, how can I help you today with your house?']], /wrote nothing/],
    ['nobody answered', [['c', 'Hello, I would like to know what a heat pump costs, please.']], /Nobody answered/],
    [
      'too few words',
      [
        ['c', 'Hello'],
        ['a', 'Hello, how can I help?'],
        ['c', 'Price?'],
        ['a', 'Of what?'],
      ],
      /fewer than ten words/,
    ],
  ])('%s is not applicable', (_, lines, reason) => {
    const analysis = analyze(lines)
    expect(analysis).toMatchObject({
      applicable: false,
      notApplicableReason: expect.stringMatching(reason),
      quality: { score: null, parts: [] },
      intent: { value: null },
    })
  })
})

test.each<[string, Line[], 'active' | 'passive', string]>([
  [
    'agent',
    [
      ['a', 'Hello.'],
      ['a', 'It is blue.'],
    ],
    'active',
    'agent',
  ],
  [
    'operator',
    [
      ['o', 'Hello.'],
      ['o', 'It is blue.'],
    ],
    'passive',
    'human',
  ],
  [
    'both',
    [
      ['a', 'Hello.'],
      ['o', 'It is blue.'],
    ],
    'active',
    'mixed',
  ],
])('whose answers were judged: %s', (_, answers, agentMode, judged) => {
  expect(
    analyze([['c', 'Which colour does the new sofa have in the Vienna shop?'], ...answers], { agentMode }).quality
      .judged,
  ).toBe(judged)
})
