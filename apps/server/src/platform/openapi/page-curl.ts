/** Makes an example call that can be pasted into a shell: the fewest fields that are accepted. */
import type { Document, Operation, Schema } from './types.ts'

/** Undefined when no machine may call it. */
export function curlOf(method: string, path: string, operation: Operation, document: Document): string | undefined {
  const { security } = operation
  const [withKey, withToken] = ['apiKey', 'visitor'].map((scheme) => security.some((one) => one[scheme]))
  if (security.length > 0 && !withKey && !withToken) return undefined
  const type = Object.keys(operation.requestBody?.content ?? {})[0]
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} "$EARSHOT_URL${addressOf(path, operation)}"`]
  if (withKey) lines.push('-H "Authorization: Bearer $EARSHOT_API_KEY"')
  if (withToken) lines.push('-H "Authorization: Bearer $VISITOR_TOKEN"')
  if (type === 'multipart/form-data') lines.push('-F file=@photo.png')
  if (type === 'application/json') {
    const body = exampleOf(operation.requestBody?.content[type]?.schema ?? {}, document)
    lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`)
  }
  return lines.join(' \\\n  ')
}

function addressOf(path: string, operation: Operation): string {
  const needed = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required)
  const query = needed.map(({ name }) => `${name}=…`).join('&')
  return (
    path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.replace(/([A-Z])/g, '_$1').toUpperCase()}`) +
    (query && `?${query}`)
  )
}

const FORMATS: Record<string, string> = {
  uuid: '019339a0-5b1c-7e3a-9d52-6f1a2b3c4d5e',
  'date-time': '2026-01-31T09:30:00Z',
  email: 'ana@example.com',
  uri: 'https://example.com',
}

/** A value the schema accepts. Of an object the required fields; all of them when none is. */
export function exampleOf(schema: Schema, document: Document): unknown {
  if (schema.$ref) return exampleOf(document.components.schemas[schema.$ref.split('/').at(-1)!] ?? {}, document)
  if (schema.examples) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const option = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null')
  if (option) return exampleOf(option, document)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'array') return (schema.minItems ?? 1) > 0 ? [exampleOf(schema.items ?? {}, document)] : []
  if (type === 'object') return exampleObject(schema, document)
  if (schema.default !== undefined) return schema.default
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (type === 'boolean') return true
  if (schema.format) return FORMATS[schema.format] ?? '…'
  return 'Hello'.padEnd(schema.minLength ?? 0, '-')
}

function exampleObject(schema: Schema, document: Document): Record<string, unknown> {
  const names = schema.required?.length ? schema.required : Object.keys(schema.properties ?? {})
  return Object.fromEntries(names.map((name) => [name, exampleOf(schema.properties?.[name] ?? {}, document)]))
}
