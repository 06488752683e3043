/** Fills an agent's memory fields from what a contact says, without a model: what the detectors found, forms, choices, and short replies to a question. */
import type { JsonValue, MemoryField } from '@earshot/contracts'
import { checkField, fold, matchesForm } from './check-field.ts'

/** What a detector found: one of its own keys, such as `email`, `phone`, `name`, `order_id`, `date`. */
export interface Detected {
  key: string
  value: string
}

export interface SaidLine {
  author: 'contact' | 'agent' | 'operator'
  text: string
}

/** A reply longer than this is a story, not an answer; a choice may be named in the middle of a short one. */
const MOST_WORDS = 12
const MOST_TOLD = 40
const MOST_READ = 4000

/** Values by field, from the whole conversation; the last word counts. */
export function detectFields(fields: MemoryField[], lines: SaidLine[], detected: Detected[]): [string, JsonValue][] {
  const values = new Map<string, JsonValue>()
  const put = (field: MemoryField, given: JsonValue | undefined) => {
    const checked = given === undefined ? undefined : checkField(field, given)
    if (checked?.ok) values.set(field.key, checked.value)
  }
  const open = fields.filter(({ on }) => on)
  for (const field of open) put(field, detected.find(({ key }) => key === detectorOf(field))?.value)
  lines.forEach(({ author, text }, i) => {
    if (author !== 'contact') return
    const asked = lines[i - 1]
    for (const field of open)
      put(field, valueIn(field, text.slice(0, MOST_READ), asked?.author === 'contact' ? '' : (asked?.text ?? '')))
  })
  return [...values]
}

/** The detector whose finds a field takes: by its type, or because they have one name. */
export const detectorOf = ({ type, key, pattern }: MemoryField): string =>
  // A form of its own decides alone what an order's number looks like.
  type === 'order_id' && pattern !== ''
    ? ''
    : ['name', 'email', 'phone', 'date', 'order_id'].includes(type)
      ? type
      : key

function valueIn(field: MemoryField, text: string, asked: string): JsonValue | undefined {
  if (field.pattern !== '' && (field.type === 'text' || field.type === 'order_id')) return withForm(field.pattern, text)
  const words = wordsOf(text).length
  if (field.type === 'choice') return words <= MOST_TOLD ? chosen(field.choices, text) : undefined
  const isAnswer = words <= MOST_WORDS && asked.includes('?') && mentions(asked, field)
  if (!isAnswer) return undefined
  if (field.type === 'number') return /^[^\d]*\d[\d.,]*[^\d]*$/u.test(text) ? text : undefined
  if (field.type === 'yes_no') return wordsOf(text)[0]
  return undefined
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** The one word of this form; two are none. */
function withForm(form: string, text: string): string | undefined {
  const fitting = text
    .split(/[\s,;:()"'“”]+/u)
    .map((word) => word.replace(/[.!?]+$/u, '').replace(/^#/, ''))
    .filter((word) => word !== '' && matchesForm(word, form))
  return new Set(fitting).size === 1 ? fitting[0] : undefined
}

/** The one choice that is named; two are none. */
function chosen(choices: string[], text: string): string | undefined {
  const said = ` ${wordsOf(fold(text)).join(' ')} `
  const named = choices.filter((choice) => said.includes(` ${wordsOf(fold(choice)).join(' ')} `))
  return named.length === 1 ? named[0] : undefined
}

/** Does the question name the field, by its key or by most of what it is called? */
function mentions(question: string, { key, name }: MemoryField): boolean {
  const said = new Set(wordsOf(fold(question)))
  const of = (text: string) => wordsOf(fold(text)).filter((word) => word.length > 2)
  return [of(name), of(key.replaceAll('_', ' '))].some(
    (named) => named.length > 0 && named.filter((word) => said.has(word)).length * 2 > named.length,
  )
}
