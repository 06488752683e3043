/** What differs between two documents, field by field. Items of lists are told by what stays when they are renamed or moved. */
import { isDeepStrictEqual } from 'node:util'
import type { AgentConfig, AgentDifference, JsonValue } from '@earshot/contracts'

type Fields = Record<string, unknown>

export function differencesOf(before: AgentConfig, after: AgentConfig): AgentDifference[] {
  return compare([], before, after)
}

function compare(path: string[], before: unknown, after: unknown): AgentDifference[] {
  if (isDeepStrictEqual(before, after)) return []
  if (isItems(before) && isItems(after)) return compareItems(path, before, after)
  if (isFields(before) && isFields(after) && !isOneValue(path))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      compare([...path, key], before[key], after[key]),
    )
  const kind = isNothing(before) ? 'added' : isNothing(after) ? 'removed' : 'changed'
  return [{ path, before: asJson(before), after: asJson(after), kind }]
}

/** JSON Schemas are read whole. */
const isOneValue = (path: string[]): boolean => path.at(-1) === 'parameters'
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const keyOf = (item: Fields): unknown => item.id ?? item.key ?? (item.description !== undefined ? item.name : undefined)
/** A list whose items have something that tells them apart. */
const isItems = (value: unknown): value is Fields[] =>
  Array.isArray(value) && value.every((item) => isFields(item) && keyOf(item) !== undefined)
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
const asJson = (value: unknown): JsonValue => (value === undefined ? null : (value as JsonValue))

function compareItems(path: string[], before: Fields[], after: Fields[]): AgentDifference[] {
  const found: AgentDifference[] = []
  for (const item of before)
    if (!after.some((other) => keyOf(other) === keyOf(item)))
      found.push({ path: [...path, labelOf(item)], before: asJson(item), after: null, kind: 'removed' })
  for (const item of after) {
    const earlier = before.find((other) => keyOf(other) === keyOf(item))
    if (!earlier) found.push({ path: [...path, labelOf(item)], before: null, after: asJson(item), kind: 'added' })
    else found.push(...compare([...path, labelOf(item)], earlier, item))
  }
  const order = (items: Fields[], others: Fields[]) =>
    items.filter((item) => others.some((other) => keyOf(other) === keyOf(item)))
  const [was, is] = [order(before, after), order(after, before)]
  if (!isDeepStrictEqual(was.map(keyOf), is.map(keyOf)))
    found.push({ path, before: was.map(labelOf), after: is.map(labelOf), kind: 'moved' })
  return found
}

const labelOf = (item: Fields): string => String(item.name ?? item.trigger ?? item.key ?? item.id)
