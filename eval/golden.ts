/** Golden conversations as they are written down: who said what, what happened, and what a summary must tell and must not. */
import { type ConversationSnapshot, ONLY_SAID, type SnapshotEntry } from '../packages/analysis/src/snapshot.ts'

export interface Golden {
  id: string
  snapshot: ConversationSnapshot
  facts: RegExp[]
  never: RegExp[]
  /** Everything that stands in the conversation, names and results too. */
  said: string
}

/** One conversation begins with `# id`; `c:` the contact, `a:` the agent, `o NAME:` an operator, `f:` a function, `e:` an event. */
export const readGolden = (text: string): Golden[] =>
  text
    .split(/^# /m)
    .slice(1)
    .map((block) => {
      const [id = '', ...lines] = block.split('\n').filter((line) => line.trim() !== '')
      return toGolden(id.trim(), lines)
    })

function toGolden(id: string, lines: string[]): Golden {
  const told = lines.map((line) => /^(\w+)(?: (\w+))?: (.*)$/.exec(line)!)
  const all = (key: string) => told.filter((match) => match[1] === key).map((match) => match[3]!)
  const agentName = all('agent')[0] ?? null
  const entries: SnapshotEntry[] = []
  const events: ConversationSnapshot['events'] = []
  for (const [, key, name, text] of told) {
    const position = entries.length + 1
    const at = new Date(Date.UTC(2026, 4, 4, 9, position)).toISOString()
    const base = { position, kind: 'message', at } as const
    if (key === 'c') entries.push({ ...base, author: 'contact', authorName: null, text: text! })
    else if (key === 'a') entries.push({ ...base, author: 'agent', authorName: agentName, text: text! })
    else if (key === 'o') entries.push({ ...base, author: 'operator', authorName: name ?? null, text: text! })
    else if (key === 'f')
      entries.push({
        ...base,
        kind: 'function_call',
        author: 'agent',
        authorName: agentName,
        text: '',
        functionCall: readCall(text!),
      })
    else if (key === 'e')
      events.push({ kind: text as (typeof events)[number]['kind'], at, position: null, reason: null })
  }
  return {
    id,
    facts: all('fact').map((fact) => new RegExp(fact, 'iu')),
    never: all('never').map((fact) => new RegExp(fact, 'iu')),
    said: lines.filter((line) => !/^(?:fact|never):/.test(line)).join('\n'),
    snapshot: {
      conversationId: id,
      language: null,
      channelKind: 'widget',
      agentMode: 'active',
      agentName,
      contactName: null,
      startedAt: entries[0]!.at!,
      status: 'closed',
      ...ONLY_SAID,
      events,
      entries,
    },
  }
}

function readCall(text: string): NonNullable<SnapshotEntry['functionCall']> {
  const [, name = '', parameters = '{}', failed, result = '{}'] = /^(\w+) (\{.*?\}) -> (error )?(.*)$/.exec(text)!
  return {
    name,
    parameters: JSON.parse(parameters),
    result: JSON.parse(result),
    status: failed ? 'error' : 'ok',
    durationMs: 120,
  }
}
