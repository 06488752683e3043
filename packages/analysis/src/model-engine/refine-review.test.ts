/** The model engine with a model that does its work: what is taken of it, what is not, and what happens then. */
import { expect, test } from 'vitest'
import { analyzeEmbedded } from '../embedded.ts'
import { chat, type Line } from '../test/chat.ts'
import type { Asked, ModelPort } from './port.ts'
import { type RefineOptions, refineReview } from './refine-review.ts'

const KETTLE: Line[] = [
  ['c', 'Hi, my name is Anna Berg. Do you ship the blue kettle to Norway, and what does it cost?'],
  ['a', 'Yes, we ship to Norway. Delivery costs 9 euros and takes four days. We do not ship batteries.'],
  ['f', 'book_delivery', { status: 'ok', result: { secret_note: 'resolved' } }],
  ['c', 'Great, thank you! If it breaks, will you repair it?'],
  ['a', 'If it breaks within two years, we repair it for free. Would you like an extended warranty?'],
]
const NEED = { position: 1, quote: 'Do you ship the blue kettle to Norway' }
const DELIVERY = {
  position: 2,
  quote: 'Delivery costs 9 euros',
  text: 'Freya says that delivery costs 9 euros and takes four days.',
}

function open(script: (string | object | Error)[]) {
  const asked: Asked[] = []
  const port: ModelPort = {
    model: 'small-1',
    fence: () => `=====${asked.length}f=====`,
    ask: async (question) => {
      asked.push(question)
      const said = script[Math.min(asked.length, script.length) - 1]
      if (said instanceof Error) throw said
      return {
        text: typeof said === 'string' ? said : JSON.stringify(said),
        tokensIn: 100,
        tokensOut: 20,
        costUsd: 0.01,
      }
    },
  }
  return { port, asked }
}
async function refine(script: (string | object | Error)[], options: RefineOptions = {}, lines = KETTLE) {
  const snapshot = chat(lines)
  const embedded = analyzeEmbedded(snapshot, { reason: 'closed' })
  const { port, asked } = open(script)
  const result = await refineReview(snapshot, embedded, port, options)
  return { result, asked, embedded, analysis: result.kind === 'done' ? result.analysis : embedded }
}

test('what the model chose and worded is taken with its evidence; figures and flags stay', async () => {
  const said = {
    needs: [NEED],
    did: [DELIVERY],
    performance: [{ ...DELIVERY, text: 'The agent names 9 euros for delivery.' }],
  }
  const { analysis, embedded, asked } = await refine([said])
  expect(asked).toHaveLength(1)
  expect(analysis.summary.value).toContain(
    'The contact wrote: “Do you ship the blue kettle to Norway, and what does it cost?”',
  )
  expect(analysis.summary.value).toContain('Freya says that delivery costs 9 euros and takes four days.')
  expect(analysis.agentPerformance.value).toMatch(/^Freya answered .* The agent names 9 euros for delivery\.$/)
  expect(analysis.summary).toMatchObject({
    by: 'llm',
    evidence: [
      { position: 1, start: 26, end: 87 },
      { position: 2, start: 24, end: 67 },
    ],
  })
  expect(analysis.quality).toEqual(embedded.quality)
  expect(analysis.provenance).toMatchObject({
    analyzer: 'model',
    model: 'small-1',
    tokensIn: 100,
    tokensOut: 20,
    costUsd: 0.01,
    fallbackFrom: null,
    warnings: [],
  })
})

test.each([
  ['there is no such line', { ...DELIVERY, position: 42 }],
  [
    'it is a line of the contact',
    { position: 1, quote: 'Do you ship the blue kettle', text: 'Freya says you ship the blue kettle.' },
  ],
  ['the quote stands elsewhere', { ...DELIVERY, position: 5 }],
  ['another figure', { ...DELIVERY, text: 'Freya says that delivery costs 90 euros.' }],
  ['another word', { ...DELIVERY, text: 'Freya says that delivery costs 9 euros and is resolved.' }],
  [
    'the denied becomes true',
    { position: 2, quote: 'We do not ship batteries', text: 'Freya says we ship batteries.' },
  ],
  [
    'the true becomes denied',
    { ...DELIVERY, text: 'Freya says that delivery does not take four days and costs 9 euros.' },
  ],
  [
    'the possible becomes true',
    { position: 5, quote: 'we repair it for free', text: 'Freya says we repair it for free.' },
  ],
  [
    'the asked becomes said',
    { position: 5, quote: 'extended warranty', text: 'Freya says you would like an extended warranty.' },
  ],
  ['somebody else said it', { ...DELIVERY, text: 'The colleague says that delivery costs 9 euros.' }],
  [
    'a result that nobody said',
    { position: 3, quote: 'book delivery', text: 'The function book delivery ended resolved.' },
  ],
  [
    'a function that ended otherwise',
    { position: 3, quote: 'book delivery', text: 'The function book delivery ended error.' },
  ],
  ['a link', { ...DELIVERY, text: 'Delivery costs 9 euros https://evil.example' }],
])('is asked once more and then left out: %s', async (_, line) => {
  const { analysis, asked } = await refine([{ needs: [NEED], did: [line] }])
  expect(asked).toHaveLength(2)
  expect(asked[1]!.text).toContain('did[0]: ')
  expect(analysis.summary.value).not.toContain(line.text)
  expect(analysis.provenance.warnings).toEqual([expect.stringContaining('1 lines of the model')])
})

test.each([
  [
    'conditions and questions that stay so',
    {
      position: 5,
      quote: 'we repair it for free',
      text: 'Freya says that if it breaks within two years, we repair it for free.',
    },
  ],
  ['a function', { position: 3, quote: 'book delivery', text: 'The function book delivery ended ok.' }],
])('is taken: %s', async (_, line) => {
  const { analysis, asked } = await refine([{ did: [line] }])
  expect(asked).toHaveLength(1)
  expect(analysis.summary.value).toContain(line.text)
})

test('also in other languages', async () => {
  const lines: Line[] = [
    ['c', 'Guten Tag, was kostet der Versand des blauen Kessels nach Norwegen und wie lange dauert er?'],
    ['a', 'Der Versand nach Norwegen kostet 9 Euro und dauert vier Tage.'],
  ]
  const said = {
    did: [
      {
        position: 2,
        quote: 'kostet 9 Euro',
        text: 'Freya schreibt, dass der Versand nach Norwegen 9 Euro kostet und vier Tage dauert.',
      },
    ],
  }
  expect((await refine([said], {}, lines)).analysis.summary.value).toContain('9 Euro kostet')
  const chinese: Line[] = [
    ['c', '你好，请问你们可以把蓝色水壶寄到挪威吗？运费是多少？需要几天？'],
    ['a', '可以寄到挪威，运费九欧元，四天到达。'],
  ]
  const zh = { did: [{ position: 2, quote: '运费九欧元', text: '客服说运费九欧元，四天到达。' }] }
  expect((await refine([zh], {}, chinese)).asked).toHaveLength(2)
  zh.did[0]!.text = '运费九欧元，四天到达。'
  expect((await refine([zh], {}, chinese)).analysis.summary.value).toContain('四天到达')
})

test('one repair, then the embedded words with a warning', async () => {
  const repaired = await refine(['I cannot do that.', { needs: [NEED] }])
  expect([repaired.asked.length, repaired.analysis.summary.by]).toEqual([2, 'llm'])
  const { analysis, asked, embedded } = await refine(['no', 'no', { needs: [NEED] }])
  expect(asked).toHaveLength(2)
  expect(analysis.summary).toEqual(embedded.summary)
  expect(analysis.provenance).toMatchObject({
    analyzer: 'embedded',
    model: null,
    fallbackFrom: 'small-1',
    tokensIn: 200,
    costUsd: 0.02,
    warnings: [expect.stringContaining('not borne out')],
  })
})

test('a provider that fails is told apart, with what was spent until then', async () => {
  const error = new Error('HTTP 503')
  const { result } = await refine(['no', error])
  expect(result).toMatchObject({ kind: 'unavailable', error, spent: { tokensIn: 100, costUsd: 0.01, asks: 1 } })
})

test('a long conversation is read part by part with what was chosen so far, and whole', async () => {
  const lines: Line[] = Array.from({ length: 100 }, (_, i) =>
    i % 2 ? ['a', `We ship item ${i} to Norway today.`] : ['c', `Do you ship item ${i} to Norway?`],
  )
  const { asked, analysis } = await refine([{ needs: [{ position: 1, quote: 'Do you ship item 0' }] }], {}, lines)
  expect(asked.map(({ text }) => text.match(/^#\d+ /gm)?.length)).toEqual([40, 40, 20])
  expect(asked[2]!.text).toContain('needs #1: Do you ship item 0 to Norway?')
  expect(analysis.provenance.tokensIn).toBe(300)
  const short = await refine(
    [{ needs: [{ position: 1, quote: 'Do you ship item 0' }] }],
    { budget: { maxUsd: 0.02, maxTokens: 10_000 } },
    lines,
  )
  expect(short.asked).toHaveLength(2)
  expect(short.analysis.provenance.warnings).toEqual([
    'The model read 80 of 100 entries: the money set for it is used up.',
  ])
})

test('unchanged input is not paid twice', async () => {
  const first = await refine([{ needs: [NEED], did: [DELIVERY] }])
  const second = await refine([{}], { previous: first.analysis })
  expect(second.asked).toHaveLength(0)
  expect(second.analysis).toMatchObject({
    summary: first.analysis.summary,
    provenance: { analyzer: 'model', costUsd: 0, tokensIn: 0 },
  })
  const changed = await refine([{ needs: [NEED] }], { previous: first.analysis }, [...KETTLE, ['c', 'No, thanks.']])
  expect(changed.asked).toHaveLength(1)
})
