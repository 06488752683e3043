/** Numbers that contacts tell: account numbers, PINs and codes of STAR, as the agent then typed them into its tools. */
import { EMPTY_LIVE_STATE } from '../packages/analysis/src/analyzer.ts'
import { observe } from '../packages/analysis/src/memory/observe.ts'
import type { ConversationSnapshot } from '../packages/analysis/src/snapshot.ts'
import { hasRows, partOf, readRows } from '../training/data.ts'
import type { Evaluation } from './evaluation.ts'
import { type LabelledConversation, snapshotOf } from './snapshots.ts'

const FILE = 'conversations/star.jsonl'

export const ids: Evaluation = {
  name: 'ids',
  about: 'numbers and codes that contacts tell, of STAR',
  async run({ data, part }) {
    if (!hasRows(data, FILE)) return []
    // The first half, by the name of the conversation, was looked at for the rules.
    const half = part === 'tuning' ? 0 : 1
    const own = readRows<LabelledConversation>(data, FILE).filter(({ id }) => partOf(id, 2) === half)
    const found = own.map(snapshotOf).flatMap((snapshot) => {
      const heard = spansOf(snapshot)
      return [...typedNumbers(snapshot)].map((number) => heard.some((one) => one.includes(number)))
    })
    return [
      {
        metric: 'ids.recall',
        value: found.filter(Boolean).length / found.length,
        unit: '',
        n: found.length,
        split: part === 'tuning' ? 'STAR, the half that was looked at' : 'STAR, the half that was not looked at',
        baseline: null,
        goal: { atLeast: 0.97 },
      },
    ]
  },
}

/** Numbers of three figures and more in the calls, that the contact wrote just so. */
function typedNumbers({ entries }: ConversationSnapshot): Set<string> {
  const written = entries.filter(({ kind, author }) => kind === 'message' && author === 'contact')
  const typed = entries
    .flatMap(({ functionCall }) => (functionCall ? [JSON.stringify(functionCall.parameters)] : []))
    .join(' ')
    .replaceAll('\\"', '"')
  const numbers = [...typed.matchAll(/"(\w+)"\s*:\s*"+([^"]{4,40})"+/g)]
    .filter(([, key = '', value = '']) => isNumber(value) && !/price|time|date|day|cost|year|amount/i.test(key))
    .map(([, , value = '']) => value.trim())
  return new Set(numbers.filter((number) => written.some(({ text }) => text.includes(number))))
}

const isNumber = (value: string): boolean => /^(?=(?:\D*\d){3})[A-Za-z0-9-]{4,24}$/.test(value.trim())

/** What the memory took out of each message, as it stood there. */
function spansOf({ entries }: ConversationSnapshot): string[] {
  let state = EMPTY_LIVE_STATE
  return entries.flatMap((entry) => {
    const delta = observe(entry, state)
    state = delta.state
    return delta.memory.flatMap(({ evidence: [place] }) => (place ? [entry.text.slice(place.start, place.end)] : []))
  })
}
