/** The variables of canned replies, macros and follow-ups: `{{contact.firstName|there}}`. Filled here once, for screens and the server. */

/** What a variable may name, in the order a screen offers them. */
export const REPLY_VARIABLES = [
  'contact.name',
  'contact.firstName',
  'contact.email',
  'operator.name',
  'operator.firstName',
  'agent.name',
  'conversation.title',
  'conversation.number',
  'channel.name',
  'workspace.name',
] as const
export type ReplyVariable = (typeof REPLY_VARIABLES)[number]
export type ReplyValues = Partial<Record<ReplyVariable, string | null>>

const VARIABLE = /\{\{\s*([a-zA-Z.]{1,40})\s*(?:\|([^{}]{0,200}))?\}\}/g

export interface Filled {
  text: string
  /** Variables without a value and without a fallback: they stand in the text as they were written. */
  missing: string[]
}

/** Filled in one pass, so that nothing a contact is called is read as a variable. */
export function fillVariables(text: string, values: ReplyValues): Filled {
  const missing = new Set<string>()
  const filled = text.replace(VARIABLE, (whole, name: string, fallback: string | undefined) => {
    const value = isVariable(name) ? oneLine(values[name] ?? '') : ''
    if (value !== '') return value
    if (fallback !== undefined && isVariable(name)) return fallback.trim()
    missing.add(name)
    return whole
  })
  return { text: filled, missing: [...missing] }
}

/** Names of variables in a text that nobody could ever fill. */
export function unknownVariables(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(([, name = '']) => name).filter((name) => !isVariable(name))
}

export const firstNameOf = (name: string | null): string | null => name?.trim().split(/\s+/)[0] ?? null

const isVariable = (name: string): name is ReplyVariable => REPLY_VARIABLES.some((known) => known === name)

/** Names are the contact's own words: no line breaks, no marks of a variable. */
const oneLine = (value: string): string =>
  value
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[{}]/g, '')
    .trim()
    .slice(0, 200)
