/** A function that calls an address, as its form edits it: what is wrong with it, and what its parameters ask for. */
import type { AgentFunction, JsonValue } from '@earshot/contracts'

export type HttpFunction = Extract<AgentFunction, { kind: 'http' }>

export const emptyFunction = (): HttpFunction => ({
  id: crypto.randomUUID(),
  kind: 'http',
  name: '',
  description: '',
  on: true,
  parameters: { type: 'object', properties: {}, required: [] },
  method: 'GET',
  url: '',
  headers: [],
  body: null,
  timeoutMs: 10_000,
  retries: 1,
  maxBytes: 100_000,
  mappings: [],
})

export const isFunctionName = (name: string): boolean => /^[a-z][a-z0-9_]{0,62}$/.test(name)

/** The same rule as the server's: whom a function calls is never a parameter. */
export const isFixedAddress = (url: string): boolean =>
  /^https?:\/\/[^/?#{}\\@\s]+(?:[/?][^#]*)?$/i.test(url) && URL.canParse(url)

export const hostOf = (url: string): string | null => (isFixedAddress(url) ? new URL(url).host : null)

export interface Parameter {
  name: string
  description: string
  required: boolean
  kind: 'text' | 'number' | 'yes_no' | 'choice' | 'json'
  choices: string[]
}

/** The form that a schema asks for; what a form cannot say is typed as JSON. */
export function parametersOf(schema: JsonValue): Parameter[] {
  const properties = objectOf(objectOf(schema).properties)
  const required = objectOf(schema).required
  return Object.entries(properties).map(([name, given]) => {
    const { type, description, enum: values } = objectOf(given)
    const choices = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : []
    return {
      name,
      description: typeof description === 'string' ? description : '',
      required: Array.isArray(required) && required.includes(name),
      kind: choices.length > 0 ? 'choice' : kindOf(type),
      choices,
    }
  })
}

function kindOf(type: JsonValue | undefined): Parameter['kind'] {
  if (type === 'string') return 'text'
  if (type === 'number' || type === 'integer') return 'number'
  return type === 'boolean' ? 'yes_no' : 'json'
}

const objectOf = (value: JsonValue | undefined): { [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

/** What was typed, as the function's parameters; what was left empty is left out. `null`: something typed is no JSON. */
export function readTyped(parameters: Parameter[], typed: Record<string, string>): Record<string, JsonValue> | null {
  const read: Record<string, JsonValue> = {}
  for (const { name, kind } of parameters) {
    const text = typed[name] ?? ''
    if (text === '') continue
    if (kind === 'text' || kind === 'choice') read[name] = text
    else {
      try {
        read[name] = JSON.parse(text)
      } catch {
        return null
      }
    }
  }
  return read
}
