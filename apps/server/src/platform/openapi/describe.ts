/** Describes endpoints as an OpenAPI 3.1 document. Knows what an endpoint is, and no endpoint in particular. */
import { type Access, type Endpoint, ERRORS, type ErrorCode, Problem } from '@earshot/contracts'
import { z } from 'zod'
import { Components } from './schemas.ts'
import type { Document, Operation, Parameter, PathItem, Response, Schema } from './types.ts'

export interface ApiDescription {
  title: string
  version: string
  summary: string
  description: string
  /** In the order they are shown. */
  tags: { name: string; description: string }[]
  endpoints: readonly Endpoint[]
  /** Routes that are no endpoints: they authorise, read and answer by themselves. */
  doors: readonly Door[]
}

/** A route outside `/api/v1`. */
export interface Door {
  id: string
  tag: string
  method: Lowercase<Endpoint['method']>
  path: string
  summary: string
  description?: string
  /** `visitor`: the token of the visitor's session; `public`: nothing; `session`: the cookie of a signed-in person. */
  access: 'public' | 'visitor' | 'session'
  query?: z.ZodObject
  body?: z.ZodType
  bodyType?: string
  reply?: z.ZodType
  replyType?: string
  status?: number
  errors?: readonly ErrorCode[]
}

const SECURITY_SCHEMES = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'A workspace API key, `Authorization: Bearer esk_…`, with the scopes named at each operation.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'earshot.session_token',
    description: 'The cookie of a person signed in to the dashboard. Over HTTPS its name begins with `__Host-`.',
  },
  visitor: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token that `POST /widget/v1/session` answered with.',
  },
}

export function describeApi(api: ApiDescription): Document {
  const components = new Components()
  const problem = components.convert(z.object({ problem: Problem }), 'output').properties!.problem!
  const paths: Record<string, PathItem> = {}
  const add = (path: string, method: string, operation: Operation) => {
    const at = path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')
    paths[at] = { ...paths[at], [method]: operation }
  }
  for (const endpoint of api.endpoints)
    add(endpoint.path, endpoint.method.toLowerCase(), describeEndpoint(endpoint, components, problem))
  for (const door of api.doors) add(door.path, door.method, describeDoor(door, components, problem))
  return {
    openapi: '3.1.0',
    info: {
      title: api.title,
      version: api.version,
      summary: api.summary,
      description: api.description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/', description: 'This installation' }],
    tags: api.tags,
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: SECURITY_SCHEMES,
    },
  }
}

/** Errors of every endpoint, by who may call it. */
function commonErrors(access: Access): ErrorCode[] {
  const always: ErrorCode[] = ['request.invalid', 'request.rate_limited', 'internal', 'unavailable']
  return access === 'public' ? always : [...always, 'auth.required', 'auth.forbidden']
}

function describeEndpoint(endpoint: Endpoint, components: Components, problem: Schema): Operation {
  const { id, access, method, params, query, body, reply, status, errors, repeatsSafely } = endpoint
  const takesKey = method === 'POST' && !repeatsSafely
  const codes = [...errors, ...commonErrors(access), ...(takesKey ? KEY_ERRORS : [])]
  const parameters = [
    ...parametersOf(components.convert(params, 'input'), 'path'),
    ...parametersOf(components.convert(query, 'input'), 'query'),
    ...(takesKey ? [IDEMPOTENCY_KEY] : []),
  ]
  return {
    operationId: id,
    tags: [id.split('.')[0]!],
    summary: endpoint.summary,
    description: whoMayCall(access),
    security: securityOf(access),
    ...(parameters.length > 0 && { parameters }),
    ...(!(body instanceof z.ZodUndefined) && { requestBody: bodyOf(endpoint, components) }),
    responses: {
      [status]: describeReply(reply, endpoint.replyType, components),
      ...problemsOf(codes, problem),
    },
  }
}

const KEY_ERRORS: ErrorCode[] = ['idempotency.conflict', 'idempotency.running']
const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes a repeat safe: the same key with the same request is answered with the first reply.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

function describeDoor(door: Door, components: Components, problem: Schema): Operation {
  const inPath = [...door.path.matchAll(/:(\w+)/g)].map(
    ([, name]): Parameter => ({ name: name!, in: 'path', required: true, schema: { type: 'string' } }),
  )
  const parameters = [...inPath, ...(door.query ? parametersOf(components.convert(door.query, 'input'), 'query') : [])]
  const { bodyType = 'application/json', replyType = 'application/json' } = door
  return {
    operationId: door.id,
    tags: [door.tag],
    summary: door.summary,
    ...(door.description && { description: door.description }),
    security: door.access === 'public' ? [] : [{ [door.access]: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(door.body && { requestBody: bodyOf({ body: door.body, bodyType }, components) }),
    responses: {
      [door.status ?? 200]: describeReply(door.reply, replyType, components),
      ...problemsOf(door.errors ?? [], problem),
    },
  }
}

function whoMayCall(access: Access): string {
  if (access === 'public') return 'Open to everybody.'
  if (access === 'user') return 'Any signed-in person, member of a workspace or not. API keys may not.'
  const key = access.scope ? `API keys with the scope \`${access.scope}\`` : 'API keys may not'
  return `Members from the role ${access.role} up; ${key}.`
}

function securityOf(access: Access): Operation['security'] {
  if (access === 'public') return []
  if (access === 'user' || access.scope === null) return [{ session: [] }]
  return [{ apiKey: [access.scope] }, { session: [] }]
}

function parametersOf(object: Schema, place: 'path' | 'query'): Parameter[] {
  return Object.entries(object.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || (object.required ?? []).includes(name),
    ...(description && { description }),
    schema,
    ...(place === 'query' && schema.type === 'array' && { style: 'form' as const, explode: true }),
  }))
}

function bodyOf({ body, bodyType }: Pick<Endpoint, 'body' | 'bodyType'>, components: Components) {
  const file: Schema = {
    type: 'object',
    properties: { file: { type: 'string', contentMediaType: 'application/octet-stream', description: 'The file.' } },
    required: ['file'],
  }
  const schema = bodyType === 'multipart/form-data' ? file : components.convert(body, 'input')
  return { required: true, content: { [bodyType]: { schema } } }
}

function describeReply(reply: z.ZodType | undefined, type: string, components: Components): Response {
  if (!reply) return { description: 'Done.', content: { [type]: {} } }
  const schema = components.convert(reply, 'output')
  return { description: 'Done.', content: { [type]: type === 'application/json' ? { schema } : {} } }
}

/** One response a status; its description lists the codes. */
function problemsOf(codes: readonly ErrorCode[], problem: Schema): Record<string, Response> {
  const byStatus = Map.groupBy([...new Set(codes)], (code) => ERRORS[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, these]) => [
        String(status),
        {
          description: these.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
          content: { 'application/problem+json': { schema: problem } },
        },
      ]),
  )
}
