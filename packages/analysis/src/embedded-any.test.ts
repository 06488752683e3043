/** The analysis of whatever may come: any language, any length, any text; and that it can be repeated and called off. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConversationAnalysis } from './contract.ts'
import { analyzeEmbedded, createEmbeddedAnalyzer, inputHashOf } from './embedded.ts'
import { ConversationSnapshot } from './snapshot.ts'
import { analyze, chat, type Line } from './test/chat.ts'

const HEAT_PUMP: Line[] = [
  ['c', 'Hi, I want to replace my oil boiler with an AW-12 heat pump.'],
  ['a', 'Hello! The AW-12 fits a house of up to 160 m². How large is yours?'],
  ['c', 'It is 148 m². Can the outdoor unit stand on a flat roof?'],
  ['a', 'I could not find a rule about roof mounting for your municipality.'],
  ['c', 'Then I would rather speak to a person about the roof, please.'],
  ['f', 'handoff_to_human', { result: { queue: 'Heat pumps' } }],
  ['a', 'Of course. I am passing this to Dana now.'],
]

describe('any language', () => {
  test.each<[string, Line[], string]>([
    [
      'Arabic',
      [
        ['c', 'مرحبا، أريد معرفة سعر المضخة الحرارية مع التركيب، وهل يوجد توصيل إلى المنزل؟'],
        ['a', 'لا أستطيع العثور على السعر.'],
      ],
      'ar',
    ],
    [
      'Chinese',
      [
        ['c', '您好，我想知道这款热泵的价格是多少？'],
        ['a', '抱歉，没有找到价格。'],
      ],
      'zh',
    ],
    [
      'Japanese',
      [
        ['c', 'こんにちは、ヒートポンプの価格を教えてください。'],
        ['a', '申し訳ありません、見つかりませんでした。'],
      ],
      'ja',
    ],
    [
      'Ukrainian',
      [
        ['c', 'Добрий день, скільки коштує тепловий насос із встановленням під ключ?'],
        ['a', 'На жаль, не знайшов ціни.'],
      ],
      'uk',
    ],
    [
      'German',
      [
        ['c', 'Guten Tag, was kostet die Wärmepumpe mit dem Einbau für mein Haus?'],
        ['a', 'Leider kann ich dazu nichts finden, das weiß ich nicht.'],
      ],
      'de',
    ],
  ])('%s: the question is found, the price wish understood, the miss flagged', (_, lines, language) => {
    const analysis = analyze(lines)
    expect(analysis.language).toBe(language)
    expect(analysis.stage.value).toBe('quote_request')
    expect(analysis.unanswered.map(({ kind }) => kind)).toEqual(['agent_could_not'])
    expect(analysis.applicable).toBe(true)
  })
})

test('five hundred messages are all read', () => {
  const lines = Array.from({ length: 250 }, (_, i): Line[] => [
    ['c', `What does part number ${i} of the ${i % 7} series cost?`],
    ['a', `Part ${i} costs ${i * 3} euros with delivery.`],
  ]).flat()
  const analysis = analyze(lines)
  expect(analysis.throughPosition).toBe(500)
  expect(analysis.quality.score).toBeGreaterThan(50)
  expect(analysis.summary.value?.length).toBeLessThanOrEqual(1200)
})

test('the same conversation gives the same hash and the same analysis, another one another', async () => {
  const snapshot = chat(HEAT_PUMP)
  const shuffled = Object.fromEntries(Object.entries(snapshot).reverse()) as typeof snapshot
  const hash = inputHashOf(snapshot, { reason: 'idle' })
  expect(inputHashOf(shuffled, { reason: 'closed' })).toBe(hash)
  expect(inputHashOf(chat(HEAT_PUMP.slice(1)), { reason: 'idle' })).not.toBe(hash)
  const analyzer = createEmbeddedAnalyzer()
  const still = { reason: 'idle', now: '2026-11-21T00:00:00.000Z' } as const
  const strip = ({ provenance: _, ...rest }: ConversationAnalysis) => rest
  expect(strip(await analyzer.analyze(snapshot, still))).toEqual(strip(await analyzer.analyze(snapshot, still)))
})

test('a cancelled analysis rejects', async () => {
  await expect(
    createEmbeddedAnalyzer().analyze(chat(HEAT_PUMP), { reason: 'idle', signal: { aborted: true } }),
  ).rejects.toThrow(/cancelled/)
})

const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'Can you help me?',
    'I have booked it.',
    'I could not find it.',
    'Thanks, bye!',
    'My name is Ana',
    'ana@example.com',
    '你好吗？',
    'هل يمكن؟',
    'ignore all previous instructions',
    '😀😀',
    '“”',
    'I want to speak to a human',
    'fuck you',
    '$1,200.00',
    '\u202E\u0000',
    'NO!!! NOT AGAIN!!!',
  ),
)
const entries = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 3 }),
      kind: fc.constantFrom('message', 'message', 'message', 'function_call', 'note', 'activity', 'coaching'),
      author: fc.constantFrom('contact', 'contact', 'agent', 'agent', 'operator', 'system'),
      authorName: fc.option(fc.string({ maxLength: 12 })),
      text: fc.array(words, { maxLength: 4 }).map((parts) => parts.join(' ')),
      at: fc.option(fc.constantFrom('2026-11-20T09:00:00Z', '2026-11-20T09:00:09Z', 'not a time')),
      call: fc.record({
        name: fc.constantFrom('book_table', 'find_order', 'x', '', 'handoff_to_human'),
        parameters: fc.jsonValue(),
        result: fc.jsonValue(),
        status: fc.constantFrom('ok', 'error', 'running', 'refused'),
        durationMs: fc.constant(null),
      }),
    }),
    { maxLength: 30 },
  )
  .map((rows) => {
    let position = 0
    return rows.map(({ gap, call, ...row }) => {
      position += gap
      return { ...row, position, functionCall: row.kind === 'function_call' ? call : null }
    })
  })

const positionsIn = (value: unknown, found: number[] = []): number[] => {
  if (Array.isArray(value)) for (const inner of value) positionsIn(inner, found)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'position' && typeof inner === 'number') found.push(inner)
      else if (key === 'positions' && Array.isArray(inner)) found.push(...inner)
      else positionsIn(inner, found)
    }
  return found
}

test('whatever was said, the analysis keeps its contract and points only at what exists', () => {
  fc.assert(
    fc.property(
      entries,
      fc.constantFrom('active', 'closed', 'archived'),
      fc.integer({ min: 0, max: 5 }),
      (log, status, stars) => {
        const snapshot = ConversationSnapshot.parse({
          ...chat([]),
          status,
          rating: stars ? { stars, comment: null } : null,
          entries: log,
        })
        const analysis = analyzeEmbedded(snapshot, { reason: 'backfill' })
        ConversationAnalysis.parse(analysis)
        const known = new Set(log.map(({ position }) => position))
        expect(positionsIn({ ...analysis, provenance: null }).filter((position) => !known.has(position))).toEqual([])
        const texts = new Map(log.map(({ position, text }) => [position, text.length]))
        for (const { evidence } of analysis.flags)
          for (const { position, end } of evidence) expect(end ?? 0).toBeLessThanOrEqual(texts.get(position) ?? 0)
      },
    ),
    { numRuns: 300 },
  )
})
