/** The words around what was said: the head of a transcript, and how times, people and files are written in it. */
import type { Line, Transcript } from './read-transcript.ts'

/** In UTC, so that two readers in two places speak of the same minute. */
export const timeOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** "1:02:07": where in a call something was said. */
const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

export const momentOf = ({ at, call }: Line): string =>
  call ? `${timeOf(at)}, at ${clock(call.startMs)} of the call` : timeOf(at)

const ROLES = { contact: 'customer', agent: 'AI agent', operator: 'operator', system: 'system' } as const

export const roleOf = ({ kind, author }: Line): string =>
  kind === 'note' ? `note of an ${ROLES.operator}` : ROLES[author.kind]

export function headOf({ conversation: c }: Transcript): [string, string][] {
  const person = [c.contact.name, c.contact.email, c.contact.phone].filter((part) => part)
  const facts: [string, string | null][] = [
    ['Customer', person.join(', ') || null],
    ['Agent', c.agent?.name ?? null],
    ['Channel', c.channel.name],
    ['Conversation', `#${c.number}, session ${c.sessionId}`],
    ['Started', timeOf(new Date(c.startedAt))],
    ['Ended', c.endedAt && timeOf(new Date(c.endedAt))],
    ['Status', c.outcome ? `${c.status}, ${c.outcome}` : c.status],
    ['Stage', c.stage.name],
    ['Rating', c.rating && `${c.rating.stars} of 5${c.rating.comment ? `: ${c.rating.comment}` : ''}`],
    ['Tags', c.tags.map(({ key, value }) => (value ? `${key}: ${value}` : key)).join(', ') || null],
  ]
  return facts.flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : []))
}

export function sizeOf(bytes: number): string {
  if (bytes <= 0) return ''
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

export const fileOf = ({ name, size }: Line['attachments'][number]): string =>
  size > 0 ? `${name} (${sizeOf(size)})` : name

/** Opens and closes a part whose direction is its own, so that an Arabic name leaves the words around it in place. */
export const isolate = (text: string): string => `\u2068${text}\u2069`
