/** Functions that could never run are refused when they are saved: a schema that cannot be read, or a place that no parameter fills. */
import type { AgentConfig } from '@earshot/contracts'
import { AppError } from '../../platform/errors.ts'
import { placesOf } from './fill-template.ts'
import { problemOfSchema, type Schema } from './parameters.ts'

export function assertFunctions({ functions }: AgentConfig): void {
  const issues = functions.flatMap((own, i) => {
    if (own.kind === 'builtin') return []
    const at = (field: string, message: string) => ({ path: ['config', 'functions', i, field], message })
    const schema = own.parameters as Schema
    const problem = problemOfSchema(schema)
    if (problem) return [at('parameters', problem)]
    if (own.kind === 'mcp') return []
    const named = Object.keys((schema.properties as object | undefined) ?? {})
    const unfilled = placesOf(own.url).find((place) => !named.includes(place))
    return unfilled ? [at('url', `no parameter is called ${unfilled}`)] : []
  })
  if (issues.length > 0) throw new AppError('request.invalid', { issues })
}
