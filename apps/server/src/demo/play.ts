/** Plays: hand-written conversations with gaps for names, numbers and turns of phrase. `samples/plays/README.md` describes the format. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Beat =
  | { does: 'says'; who: 'contact' | 'agent'; text: string }
  | { does: 'operator'; name: string; text: string }
  | { does: 'note'; name: string; text: string }
  | { does: 'calls'; name: string; parameters: string; result: string; ok: boolean }
  | { does: 'waits'; minutes: number }
  | { does: 'asks_for_person'; reason: string; by: 'agent' | 'contact' | 'rule'; told: string }
  | { does: 'takes_over'; name: string }
  | { does: 'hands_back'; note: string }

export type Ending = 'closed' | 'archived' | 'open' | 'waiting' | 'operator' | 'paused'

export interface Play {
  id: string
  language: string
  agent: string
  flow: string | null
  channels: string[]
  /** How often it is played, each time with other people and numbers. */
  times: number
  ending: Ending
  outcome: string | null
  stage: string | null
  tags: string[]
  rating: { stars: number; comment: string } | null
  /** Key and value, both with gaps. */
  memory: [string, string][]
  /** Gap → what may stand in it. */
  gaps: [string, string[]][]
  beats: Beat[]
}

const FOLDER = fileURLToPath(new URL('../../../../samples/plays/', import.meta.url))

export function loadPlays(folder = FOLDER): Play[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
  return files.flatMap((file) => readPlays(readFileSync(`${folder}/${file}`, 'utf8'), file))
}

/** A mistake names file and line: plays are written by hand. */
export function readPlays(text: string, file = 'plays'): Play[] {
  const plays: Play[] = []
  const defaults: [string, string][] = []
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    try {
      if (line === '' || line.startsWith('//')) continue
      if (line.startsWith('# ')) plays.push(begin(line.slice(2).trim(), defaults))
      else if (plays.length === 0) defaults.push(headerOf(line))
      else readLine(plays.at(-1)!, line)
    } catch (error) {
      throw new Error(`${file}:${i + 1}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return plays
}

function begin(id: string, defaults: [string, string][]): Play {
  const play: Play = {
    id,
    language: 'en',
    agent: 'Ada',
    flow: null,
    channels: ['widget'],
    times: 1,
    ending: 'closed',
    outcome: null,
    stage: null,
    tags: [],
    rating: null,
    memory: [],
    gaps: [],
    beats: [],
  }
  for (const header of defaults) apply(play, header)
  return play
}

function readLine(play: Play, line: string): void {
  const beat = beatOf(line)
  if (beat) play.beats.push(beat)
  else apply(play, headerOf(line))
}

const words = (value: string): string[] => value.split(/\s+/)
/** What a header line says of the play; memory and gaps add up. */
const HEADERS: Record<string, (value: string, play: Play) => Partial<Play>> = {
  language: (language) => ({ language }),
  agent: (agent) => ({ agent }),
  flow: (flow) => ({ flow }),
  channels: (value) => ({ channels: words(value) }),
  times: (value) => ({ times: Number(value) }),
  ending: (value) => ({ ending: value as Ending }),
  outcome: (outcome) => ({ outcome }),
  stage: (stage) => ({ stage }),
  tags: (value) => ({ tags: words(value) }),
  rating: (value) => ({ rating: { stars: Number(value[0]), comment: value.slice(1).trim() } }),
  memory: (value, play) => ({ memory: [...play.memory, pairOf(value)] }),
  gap(value, play) {
    const [name, choices] = pairOf(value)
    return { gaps: [...play.gaps, [name, choices.split('|').map((choice) => choice.trim())]] }
  },
}

const apply = (play: Play, [key, value]: [string, string]): Play => Object.assign(play, HEADERS[key]!(value, play))

function headerOf(line: string): [string, string] {
  const match = /^([a-z]+): (.+)$/.exec(line)
  if (!match || !HEADERS[match[1]!]) throw new Error(`neither a header nor a beat: ${line.slice(0, 60)}`)
  return [match[1]!, match[2]!]
}

function pairOf(value: string): [string, string] {
  const at = value.indexOf('=')
  if (at < 1) throw new Error(`this needs name = value: ${value.slice(0, 60)}`)
  return [value.slice(0, at).trim(), value.slice(at + 1).trim()]
}

/** One letter says what happens: C and A speak, O an operator, N a note, F a function, W waiting, H asking for a person, T taking over, B handing back. */
function beatOf(line: string): Beat | undefined {
  const match = /^([CAONFWHTB])(!?)(?: ([\p{L}_]+))?: ?(.*)$/u.exec(line)
  if (!match) return undefined
  const [, letter, mark, name = '', rest = ''] = match
  const text = rest.replaceAll('\\n', '\n')
  switch (letter) {
    case 'C':
      return { does: 'says', who: 'contact', text }
    case 'A':
      return { does: 'says', who: 'agent', text }
    case 'O':
      return { does: 'operator', name, text }
    case 'N':
      return { does: 'note', name, text }
    case 'F':
      return callOf(name, rest, mark !== '!')
    case 'W':
      return { does: 'waits', minutes: Number(rest) }
    case 'H': {
      const [reason = '', told = ''] = rest.split(' / ')
      return { does: 'asks_for_person', by: (name || 'contact') as 'contact', reason, told }
    }
    case 'T':
      return { does: 'takes_over', name }
    default:
      return { does: 'hands_back', note: text }
  }
}

function callOf(name: string, rest: string, ok: boolean): Beat {
  const [parameters = '{}', result = 'null'] = rest.split(' => ')
  return { does: 'calls', name, parameters, result, ok }
}
