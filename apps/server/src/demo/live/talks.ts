/** Talks: what simulated visitors come to say. `samples/talks.txt` holds them and describes the format. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Step = { does: 'says'; text: string } | { does: 'rates'; stars: number; comment: string }

export interface Talk {
  id: string
  page: string
  language: string
  /** The contact's part, in order. */
  steps: Step[]
  /** What an operator of the demo answers, each after the contact's last word. */
  operator: string[]
}

const FILE = fileURLToPath(new URL('../../../../../samples/talks.txt', import.meta.url))

export const loadTalks = (): Talk[] => readTalks(readFileSync(FILE, 'utf8'))

export function readTalks(text: string): Talk[] {
  const talks: Talk[] = []
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim()
    if (line === '' || line.startsWith('//')) continue
    if (line.startsWith('# ')) talks.push({ id: line.slice(2), page: '/', language: 'en', steps: [], operator: [] })
    else readInto(talks.at(-1), line)
  }
  return talks
}

function readInto(talk: Talk | undefined, line: string): void {
  const [, key, value = ''] = /^(C|O|page|language|rate): (.*)$/.exec(line) ?? []
  if (!talk || !key) throw new Error(`samples/talks.txt: this is no line of a talk: ${line.slice(0, 60)}`)
  if (key === 'C') talk.steps.push({ does: 'says', text: value })
  else if (key === 'O') talk.operator.push(value)
  else if (key === 'rate') talk.steps.push({ does: 'rates', stars: Number(value[0]), comment: value.slice(1).trim() })
  else Object.assign(talk, { [key]: value })
}
