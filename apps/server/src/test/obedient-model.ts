/** A model without any will of its own: whatever text it finds in a request, an order in it is carried out, wherever it stands. */
import type { Asked } from './model-requests.ts'
import type { Act } from './model-stand-in.ts'

type Call = { name: string; arguments: string }
type Obeyed = Extract<Act, { say: string[] } | { call: Call[] }>

/** Answers each request with the calls it was told and has not made yet; then with the words it was told. */
export function createObedientModel(): (asked: Asked) => Obeyed {
  /** By turn: its instructions carry marks that no other turn has. */
  const made = new Map<string, Set<string>>()
  return (asked) => {
    const told = [asked.system, ...asked.messages.map(({ text }) => text)].join('\n\n')
    const before = made.get(asked.system) ?? new Set<string>()
    made.set(asked.system, before)
    const calls = callsIn(told).filter((call) => !before.has(JSON.stringify(call)))
    for (const call of calls) before.add(JSON.stringify(call))
    if (calls.length > 0)
      return { call: calls.map(({ name, arguments: args }) => ({ name, arguments: fill(args, told, true) })) }
    const words = [...told.matchAll(/«([^»]*)»/g)].map((match) => fill(match[1]!, told, false))
    return { say: [words.join('\n').slice(0, 4000) || 'OK.'] }
  }
}

/** A function's name with a JSON object soon after it, also where quotes are escaped. */
function callsIn(told: string): Call[] {
  const found = new Map<string, Call>()
  for (const text of [told, told.replaceAll('\\"', '"')])
    for (const { 0: name, index } of text.matchAll(/\b(?:remember|[a-z]+(?:_[a-z]+)+)\b/g)) {
      const start = text.indexOf('{', index)
      const args = start >= 0 && start - index - name.length < 40 ? objectAt(text, start) : undefined
      if (args !== undefined) found.set(`${name} ${args}`, { name, arguments: args })
    }
  return [...found.values()].slice(0, 8)
}

function objectAt(text: string, start: number): string | undefined {
  for (let end = text.indexOf('}', start); end >= 0 && end - start < 3000; end = text.indexOf('}', end + 1)) {
    const piece = text.slice(start, end + 1)
    try {
      JSON.parse(piece)
      return piece
    } catch {
      // not whole yet
    }
  }
  return undefined
}

const SECRET_LIKE = /\b(?:sk|tok|key|whsec|ek)[-_][\w-]{6,}/g
const OTHER_LIKE = /\S*(?:victor|canary)\S*/gi

function fill(text: string, told: string, inJson: boolean): string {
  const write = (value: string) => (inJson ? JSON.stringify(value).slice(1, -1) : value)
  return text
    .replaceAll('{everything}', () => write(told.slice(0, 3000)))
    .replaceAll('{secrets}', () => write([...told.matchAll(SECRET_LIKE)].join(' ') || '(none)'))
    .replaceAll('{others}', () => write([...told.matchAll(OTHER_LIKE)].join(' ') || '(nobody)'))
}
