/** zod schemas as JSON Schema, those with an id gathered as components. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Schema } from './types.ts'

type Converted = Schema & { $schema?: string; $defs?: Record<string, Schema> }

/** What a caller sends (`input`) or is given (`output`): defaults and coercions make the difference. */
export type Direction = 'input' | 'output'

/** Kinds that take anything, on purpose. */
const ANYTHING = ['any', 'unknown', 'custom']

export class Components {
  readonly schemas: Record<string, Schema> = {}

  /** The schema with references to the components it uses, which are gathered here. */
  convert(schema: z.ZodType, direction: Direction): Schema {
    const {
      $schema: _,
      $defs = {},
      ...converted
    } = z.toJSONSchema(schema, {
      io: direction,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => tidy(zodSchema._zod.def.type, jsonSchema as Schema),
    }) as Converted
    const names = this.#settleNames($defs, direction)
    for (const [id, definition] of Object.entries($defs)) this.schemas[names[id]!] = withRefs(definition, names)
    return withRefs(converted, names)
  }

  /** The same id may look different when sent and when given: then the sent one has a name of its own. */
  #settleNames(definitions: Record<string, Schema>, direction: Direction): Record<string, string> {
    const same = Object.fromEntries(Object.keys(definitions).map((id) => [id, id]))
    const clashes = (id: string): boolean =>
      this.schemas[id] !== undefined && !isDeepStrictEqual(this.schemas[id], withRefs(definitions[id]!, same))
    return Object.fromEntries(
      Object.keys(definitions).map((id) => [id, direction === 'input' && clashes(id) ? `${id}Input` : id]),
    )
  }
}

/** Leaves out patterns that only repeat a format, and refuses what JSON Schema cannot say rather than calling it anything. */
function tidy(kind: string, schema: Schema): void {
  if (schema.format) delete schema.pattern
  if (kind === 'file' || (Object.keys(schema).length === 0 && ['transform', 'date', 'map', 'set'].includes(kind)))
    throw new Error(`A schema of kind ${kind} cannot be described; use one that JSON Schema knows.`)
  if (ANYTHING.includes(kind)) schema.description ??= 'Any JSON value.'
}

function withRefs<T>(value: T, names: Record<string, string>): T {
  return JSON.parse(JSON.stringify(value), (key, part) =>
    key === '$ref' && typeof part === 'string'
      ? part.replace(/^#\/\$defs\/(.+)$/, (_, id: string) => `#/components/schemas/${names[id] ?? id}`)
      : part,
  ) as T
}
