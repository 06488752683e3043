/**
 * Talks with a model that does at random what models do: streams, stalls, drops, limits, fails, calls garbage, begins late. Each message ends
 * answered once or handed off once, and tokens and cost are what the provider reported, to the last one.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ModelBench, openModelBench } from '../test/model-bench.ts'
import type { Act, ModelStandIn } from '../test/model-stand-in.ts'
import { answersOf, type Talk } from '../test/turn-bench.ts'
import { until } from '../test/until.ts'

const TALKS = Number(process.env.TEST_MODEL_TALKS ?? 48)
const AT_ONCE = 4
const SEED = Number(process.env.TEST_SEED ?? 20_261_121)

let bench: ModelBench
let model: ModelStandIn
beforeAll(async () => {
  bench = await openModelBench()
  model = bench.model
})
afterAll(() => bench.stop())
afterEach(() => expect(model.complaints).toEqual([]))

type Plain = Exclude<Act, { think: unknown }>
type Usage = { input: number; output: number }

/** The same numbers for the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

const NUL = String.fromCharCode(0)
const GARBAGE: { name: string; arguments: string }[] = [
  { name: 'search_knowledge', arguments: '{"query":' },
  { name: 'search_knowledge', arguments: 'null' },
  { name: 'search_knowledge', arguments: '{"nope":1}' },
  { name: 'search_knowledge', arguments: `{"query":"${'x'.repeat(4000)}"}` },
  { name: 'drop_all_tables', arguments: '{"really":true}' },
  { name: 'hand_off', arguments: '[]' },
]

function actFrom(random: (below: number) => number): { act: Plain; usage: Usage | null } {
  const usage = { input: 10 + random(500), output: 1 + random(90) }
  const spent = (act: Plain) => ({ act, usage })
  const free = (act: Plain) => ({ act, usage: null })
  const acts = [
    () => spent({ say: ['A', ' plain', ' answer.'], usage }),
    () => spent({ say: ['Said', ' slowly.'], everyMs: 40, usage }),
    () => spent({ say: ['A long one that is cut'], finish: 'length', usage }),
    () => spent({ say: [], usage }),
    // We hang up at the first of it: what it cost is never told.
    () => free({ say: [`a${NUL}b`], usage }),
    () => ({ act: { call: [GARBAGE[random(GARBAGE.length)]!] } as Plain, usage: { input: 20, output: 5 } }),
    () => ({
      act: { call: [{ name: 'search_knowledge', arguments: '{"query":"delivery"}' }] } as Plain,
      usage: { input: 20, output: 5 },
    }),
    () => free({ status: 429, headers: { 'retry-after-ms': '20' } }),
    () => free({ status: 500 }),
    () => free({ status: 401 }),
    () => free({ reset: ['Half', ' an'] }),
    () => free({ reset: [] }),
    () => free({ cut: ['Half', ' an'] }),
    () => free({ hang: [] }),
    () => free({ hang: ['Let me', ' see'] }),
    () => free({ errorInside: 'overloaded' }),
    () => free({ raw: ['data: {"choices": [oops\n\n', 'data: [DONE]\n\n'] }),
  ]
  return acts[random(acts.length)]!()
}

test(`${TALKS} talks with a model at its worst, seed ${SEED}`, { timeout: 600_000 }, async () => {
  const random = randomFrom(SEED)
  const ends = { answered: 0, handedOff: 0 }
  for (let begun = 0; begun < TALKS; begun += AT_ONCE) {
    // A fresh agent: a breaker that opened for the last ones would keep these from the model.
    await bench.useModel()
    Object.assign(bench.limits, { firstWordMs: 400, patienceMs: 2000, wholeMs: 600 })
    const reported = new Map<string, Usage>()
    model.play({
      think({ messages }) {
        const marker = /talk-\d+/.exec(JSON.stringify(messages))![0]
        const { act, usage } = actFrom(random)
        const sum = reported.get(marker) ?? { input: 0, output: 0 }
        // What garbage costs is reported before it is found out.
        if (usage) reported.set(marker, { input: sum.input + usage.input, output: sum.output + usage.output })
        return act
      },
    })
    const talks = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => begin(`talk-${begun + i}`)))
    for (const { talk, marker } of talks) {
      const end = await endOf(talk)
      ends[end]++
      const { tokens, costUsd } = await talk.conversation()
      const spent = reported.get(marker) ?? { input: 0, output: 0 }
      expect({ marker, tokens }).toEqual({ marker, tokens: spent })
      expect(costUsd).toBeCloseTo((spent.input * 2 + spent.output * 10) / 1_000_000, 9)
    }
  }
  expect(Math.min(ends.answered, ends.handedOff)).toBeGreaterThan(TALKS / 10)
})

async function begin(marker: string): Promise<{ talk: Talk; marker: string }> {
  const talk = await bench.talk()
  await talk.say(`hello ${marker}`)
  return { talk, marker }
}

/** Answered once, or handed off once with the contact told; never both, never neither. */
async function endOf(talk: Talk): Promise<'answered' | 'handedOff'> {
  await until(async () => {
    const isAnswered = answersOf(await bench.read(talk.id)).length > 0
    return (isAnswered || (await talk.conversation()).control === 'queue') && (await bench.waiting(talk.id)) === 0
  }, 'the turn has ended')
  const lines = await bench.read(talk.id)
  const answers = answersOf(lines)
  const handoffs = lines.filter((line) => line.data.type === 'handoff_requested')
  expect([answers.length, handoffs.length]).toSatisfy(
    ([said, asked]: number[]) => (said === 1 && asked === 0) || (said === 0 && asked === 1),
  )
  for (const { text } of answers) expect(text).toMatch(/^(?:A plain answer\.|Said slowly\.|A long one that is cut…)$/)
  return answers.length > 0 ? 'answered' : 'handedOff'
}
