/** The quality score as a supervisor reads it: what each part gives and takes, what caps it, and when there is none. */
import { describe, expect, test } from 'vitest'
import { analyze, type Line, partOf } from '../test/chat.ts'

const BOOKED: Line[] = [
  ['c', 'Hello, I would like to book a table for two people on Friday evening.'],
  ['a', 'Hello, of course. At what time, please?'],
  ['c', 'At seven, thank you.'],
  ['f', 'book_table', { result: { status: 'confirmed' } }],
  ['a', 'Your table for two on Friday at seven has been booked.'],
  ['c', 'Thanks, bye.'],
]

test('a good conversation keeps every point but those nobody proved', () => {
  const { quality } = analyze(BOOKED)
  expect(quality.parts.map(({ key, points, applicable }) => [key, applicable ? points : null])).toEqual([
    ['answered', 30],
    ['resolution', 12],
    ['supported', 15],
    ['effort', 15],
    ['care', 10],
    ['speed', 10],
  ])
  expect(quality).toMatchObject({ score: 92, judged: 'agent', rubric: '1', caps: [] })
})

describe('answered', () => {
  test.each([
    ['could not help', 'I could not find any information about that.', 0, 'agent_could_not'],
    ['no reply', null, 0, 'no_reply'],
    ['only manners', 'Is there anything else I can help you with?', 0, 'evaded'],
    ['an answer', 'Roof mounting is allowed up to 1.2 metres.', 30, null],
    ['a bare no', 'No.', 30, null],
  ])('%s', (_, reply, points, kind) => {
    const analysis = analyze([
      ['c', 'Hello there, I live in Turku.'],
      ['a', 'Hello, how can I help?'],
      ['c', 'Is roof mounting of heat pumps allowed in my municipality?'],
      ...(reply === null ? [] : ([['a', reply]] as Line[])),
    ])
    expect(partOf(analysis, 'answered').points).toBe(points)
    expect(analysis.unanswered.map((question) => question.kind)).toEqual(kind ? [kind] : [])
  })

  test('each of four questions costs its share', () => {
    const analysis = analyze([
      ['c', 'What does the AW-12 heat pump cost?'],
      ['a', 'It costs 11,840 euros.'],
      ['c', 'How long does the installation take?'],
      ['a', 'Two days with our own team.'],
      ['c', 'Which grants exist for oil boilers?'],
      ['a', 'Up to 3,900 euros from the state.'],
      ['c', 'Can the outdoor unit go on my flat roof?'],
      ['a', 'I could not find a rule about roof mounting.'],
    ])
    expect(partOf(analysis, 'answered')).toMatchObject({ points: 23, evidence: [{ position: 7 }, { position: 8 }] })
  })

  test('a no that a function gave costs half', () => {
    const lines: Line[] = [
      ['c', 'I need a hotel room in Boston from May 4th to 21st.'],
      ['f', 'hotel_search', { result: [] }],
      ['a', 'I am sorry, there is no room available for your dates.'],
    ]
    expect(partOf(analyze(lines), 'answered').points).toBe(15)
    expect(partOf(analyze(lines.filter(([who]) => who !== 'f')), 'answered').points).toBe(0)
  })

  test('a refusal made good by the same function later is an answer', () => {
    const analysis = analyze([
      ['c', 'Please book the Hilton hotel from May 1st to May 5th.'],
      ['f', 'book_hotel', { result: { status: 'unavailable' } }],
      ['a', 'I am sorry, there is no room available at the Hilton.'],
      ['c', 'Take the seventh then.'],
      ['f', 'book_hotel', { result: { status: 'confirmed' } }],
      ['a', 'Your room has been booked.'],
    ])
    expect(analysis.unanswered).toEqual([])
  })

  test('nothing asked is not applicable', () => {
    expect(
      partOf(
        analyze([
          ['c', 'The boiler in the cellar was delivered yesterday by two friendly people.'],
          ['a', 'Good to hear.'],
        ]),
        'answered',
      ).applicable,
    ).toBe(false)
  })
})

describe('resolution', () => {
  const claim: Line[] = [
    ['c', 'I want to cancel my order from yesterday, it was a mistake of mine.'],
    ['a', 'Your order has been cancelled.'],
  ]
  const call: Line[] = [claim[0]!, ['f', 'cancel_order', { result: { status: 'cancelled' } }], claim[1]!]
  test.each([
    ['words alone', claim, {}, 'claimed', 8],
    ['a function call', call, {}, 'executed', 12],
    ['the contact', [...call, ['c', 'Great, that worked.']] as Line[], {}, 'confirmed', 14],
    ['a rating of four', call, { rating: { stars: 4, comment: null } }, 'verified', 20],
    ['a person', claim, { verifiedBy: 'operator' as const }, 'verified', 20],
    ['an outcome check', claim, { verifiedBy: 'outcome_check' as const }, 'verified', 20],
    ['coming back', call, { cameBack: true, verifiedBy: 'operator' as const }, 'revoked', 0],
    [
      'a failed call',
      [
        call[0]!,
        ['f', 'cancel_order', { status: 'error' as const }],
        ['a', 'Something went wrong, I could not cancel it.'],
      ] as Line[],
      {},
      'not_resolved',
      0,
    ],
    [
      'thanks prove nothing',
      [
        ['c', 'What are your opening hours on Saturday in the Berlin shop?'],
        ['a', 'From nine to five.'],
        ['c', 'Perfect, thank you so much, bye!'],
      ] as Line[],
      {},
      'unknown',
      8,
    ],
    [
      'still broken',
      [...call, ['c', 'It still does not work, the order is there.'], ['a', 'I see.']] as Line[],
      {},
      'not_resolved',
      0,
    ],
  ])('%s', (_, lines, over, resolution, points) => {
    const analysis = analyze(lines, over)
    expect(analysis.outcome.resolution.value).toBe(resolution)
    expect(partOf(analysis, 'resolution').points).toBe(points)
  })
})

describe('supported', () => {
  const ask: Line = ['c', 'Please refund the second invoice of last month, it was charged twice.']
  test.each<[string, Line[], number | null]>([
    ['a call before the claim', [ask, ['f', 'refund_invoice'], ['a', 'I have refunded the invoice.']], 15],
    ['no call', [ask, ['a', 'I have refunded the invoice.']], 7],
    [
      'a look-up is no action',
      [ask, ['f', 'get_invoice', { result: { id: 7 } }], ['a', 'I have refunded the invoice.']],
      7,
    ],
    [
      'a dry run is no action',
      [ask, ['f', 'refund_invoice', { parameters: { request_type: 'check' } }], ['a', 'I have refunded the invoice.']],
      7,
    ],
    [
      'a call that failed',
      [ask, ['f', 'refund_invoice', { result: { success: false } }], ['a', 'I have refunded the invoice.']],
      0,
    ],
    ['a question is no claim', [ask, ['a', 'Has it been refunded by your bank?']], null],
    ['a plan is no claim', [ask, ['a', 'Once it has been refunded you will see it.']], null],
    [
      'an amount from the result',
      [ask, ['f', 'get_invoice', { result: { total: 1240.5 } }], ['a', 'The invoice is over €1,240.50 in total.']],
      15,
    ],
    [
      'an amount from nowhere',
      [ask, ['f', 'get_invoice', { result: { total: 1240.5 } }], ['a', 'The invoice is over €1,900 in total.']],
      11,
    ],
  ])('%s', (_, lines, points) => {
    const part = partOf(analyze(lines), 'supported')
    expect(part.applicable ? part.points : null).toBe(points)
  })

  test('people act in systems the log does not see', () => {
    expect(partOf(analyze([ask, ['o', 'I have refunded the invoice.']]), 'supported').applicable).toBe(false)
  })
})

describe('effort', () => {
  const start: Line[] = [
    ['c', 'My name is Ana Kovač and my washing machine does not start any more.'],
    ['a', 'I am sorry. Which model is it?'],
  ]
  test.each<[string, Line[], number]>([
    [
      'nothing twice',
      [
        ['c', 'It is the WM-400.'],
        ['a', 'Thank you, please press reset.'],
      ],
      15,
    ],
    [
      'the name asked again',
      [
        ['c', 'It is the WM-400.'],
        ['a', 'May I have your name, please?'],
        ['c', 'Ana Kovač'],
      ],
      10,
    ],
    [
      'a correction',
      [
        ['c', 'I already told you, the washing machine.'],
        ['a', 'Please press reset.'],
      ],
      12,
    ],
    [
      'the same said again',
      [
        ['c', 'My washing machine still does not start any more, Ana Kovač here.'],
        ['a', 'Please press reset.'],
      ],
      11,
    ],
  ])('%s', (_, lines, points) => {
    expect(partOf(analyze([...start, ...lines]), 'effort').points).toBe(points)
  })

  test('more messages than usual', () => {
    const lines = Array.from({ length: 8 }, (_, i): Line[] => [
      [
        'c',
        `Detail number ${'abcdefgh'[i]} of my house is ${'red blue green white black brown grey pink'.split(' ')[i]}.`,
      ],
      ['a', 'Thank you.'],
    ]).flat()
    expect(partOf(analyze(lines, {}, { taxonomy: { usualMessages: 5 } }), 'effort').points).toBe(14)
    expect(partOf(analyze(lines), 'effort').points).toBe(15)
  })
})
