/** Shows a JSON Schema: the fields of an object as a list, everything else as a type in words. */
import { type Html, html, idOf, prose, safe } from './page-html.ts'
import type { Schema } from './types.ts'

/** Fields inside fields are shown this deep; below, their type says what they are. */
const MAX_DEPTH = 4

export function schemaTable(schema: Schema, depth = 0): Html {
  const options = schema.oneOf ?? schema.anyOf
  if (options?.every((option) => option.properties))
    return html`<ul class="either">
${options.map((option) => html`<li>${schemaTable(option, depth)}</li>\n`)}</ul>`
  const inside = schema.items && !schema.properties ? schema.items : schema
  if (!inside.properties || depth >= MAX_DEPTH) return html`<p class="type">${typeOf(schema)}</p>`
  return html`${inside === schema ? '' : html`<p class="type">${typeOf(schema)}</p>\n`}<dl>
${Object.entries(inside.properties).map(([name, field]) => fieldOf(name, field, inside, depth))}</dl>`
}

function fieldOf(name: string, field: Schema, of: Schema, depth: number): Html {
  const required = of.required?.includes(name)
  const whole = withoutNull(field)
  const inner = whole.items?.properties ? whole.items : whole
  const nested = inner.properties || inner.oneOf ? html`\n${schemaTable(inner, depth + 1)}` : ''
  return html`<dt><code>${safe(name)}</code>${required ? '' : html` <span>optional</span>`}</dt>
<dd><span class="type">${typeOf(field)}</span>${field.description ? html` ${prose(field.description)}` : ''}${nested}</dd>
`
}

function withoutNull(schema: Schema): Schema {
  const options = schema.anyOf?.filter((option) => option.type !== 'null')
  return options?.length === 1 ? options[0]! : schema
}

/** The type in words, references as links. */
export function typeOf(schema: Schema): Html {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!
    return html`<a href="#${idOf(name)}">${safe(name)}</a>`
  }
  const options = schema.anyOf ?? schema.oneOf
  if (options) return options.map(typeOf).join(' or ') as Html
  if (schema.const !== undefined) return html`<code>${safe(JSON.stringify(schema.const))}</code>`
  if (schema.enum) return schema.enum.map((value) => html`<code>${safe(String(value))}</code>`).join(' · ') as Html
  if (schema.type === 'array') return html`list of ${typeOf(schema.items ?? {})}${limitsOf(schema)}`
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object' && !schema.properties)
    return html`object of ${typeOf(schema.additionalProperties)}`
  const type = [schema.type ?? 'any'].flat().join(' or ')
  return html`${safe(schema.format ? `${type}, ${schema.format}` : type)}${limitsOf(schema)}`
}

/** zod writes the range of safe integers, which says nothing. */
const says = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER

function limitsOf(schema: Schema): Html {
  const { minimum, maximum, exclusiveMinimum, minLength, maxLength, maxItems, default: value } = schema
  const limits = [
    says(minimum) && `from ${minimum}`,
    says(exclusiveMinimum) && `above ${exclusiveMinimum}`,
    says(maximum) && `to ${maximum}`,
    minLength && `at least ${minLength} characters`,
    maxLength && `at most ${maxLength} characters`,
    maxItems && `at most ${maxItems}`,
    value !== undefined && `${JSON.stringify(value)} unless said`,
  ].filter((limit) => typeof limit === 'string')
  return limits.length === 0 ? html`` : html`, ${safe(limits.join(', '))}`
}
