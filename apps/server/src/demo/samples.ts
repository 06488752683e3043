/** The open data in `samples/`: real conversations under licences that let them be here, given people of the demo and recent dates. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { IngestConversation } from '@earshot/contracts'
import { readConversation } from '../imports/index.ts'
import { endOf } from './calendar.ts'
import { personOf } from './people.ts'
import { type Chance, chanceOf } from './random.ts'
import { contactOf, type Line, type Scene } from './scene.ts'

interface Source {
  file: string
  language: string
  channels: string[]
  agent: (conversation: IngestConversation) => string
  tag: string
}

const SOURCES: Source[] = [
  {
    file: 'star.jsonl',
    language: 'en',
    channels: ['widget', 'web', 'messenger', 'api'],
    agent: agentOfStar,
    tag: 'STAR',
  },
  { file: 'taskmaster4.jsonl', language: 'en', channels: ['api', 'voip'], agent: () => 'Bean', tag: 'Taskmaster-4' },
  { file: 'crosswoz.jsonl', language: 'zh', channels: ['web', 'api'], agent: () => 'Lan', tag: 'CrossWOZ' },
]

/** `each` takes only the first few of every source. */
export function loadSamples(now: Date, seed: string, each = Number.POSITIVE_INFINITY): Scene[] {
  return SOURCES.flatMap((source) =>
    linesOf(source.file)
      .slice(0, each)
      .map((line, i) =>
        sceneOf(readConversation(line).conversation, source, i, now, chanceOf(`${seed} ${source.file} ${i}`)),
      ),
  )
}

function linesOf(file: string): string[] {
  const path = fileURLToPath(new URL(`../../../../samples/${file}`, import.meta.url))
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

/** The functions a conversation used say whose work it was. */
function agentOfStar({ messages }: IngestConversation): string {
  const names = messages.flatMap(({ functionCall }) => functionCall?.name ?? []).join(' ')
  if (/bank/.test(names)) return 'Milo'
  if (/doctor/.test(names)) return 'Iris'
  return /hotel|plane|ride|trip|weather|restaurant/.test(names) ? 'Nova' : 'Juno'
}

function sceneOf(given: IngestConversation, source: Source, i: number, now: Date, chance: Chance): Scene {
  const end = endOf('closed', now, chance)
  const shift = end.getTime() - Date.parse(given.endedAt!)
  const lines = given.messages.map((message) => lineOf(message, shift))
  const person = personOf(source.language, 40 + i, chance)
  return {
    externalId: `demo:${given.externalId}`,
    agent: source.agent(given),
    flow: null,
    channel: source.channels[i % source.channels.length]!,
    contact: contactOf(person),
    startedAt: new Date(Date.parse(given.startedAt!) + shift),
    lines,
    status: 'closed',
    control: 'agent',
    operator: null,
    handoff: { state: 'none', reason: null, by: null, at: null },
    outcome: null, // the data does not say; the review does
    endReason: 'inactivity',
    endedAt: end,
    stage: null,
    tags: [`source:${source.tag}`],
    rating: null,
    memory: {},
    epoch: 1,
    unread: 0,
  }
}

function lineOf(message: IngestConversation['messages'][number], shift: number): Line {
  const { author, text = null, functionCall, at } = message
  const call = functionCall && {
    ...functionCall,
    durationMs: functionCall.durationMs ?? null,
    result: functionCall.result ?? null,
    parameters: functionCall.parameters ?? {},
  }
  return {
    kind: call ? 'function_call' : 'message',
    author,
    text,
    at: new Date(Date.parse(at!) + shift),
    ...(call && { data: { functionCall: call } }),
  }
}
