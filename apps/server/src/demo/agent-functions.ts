/** What the demo's agents may do and try to learn. The addresses do not exist: these agents answer without a model, and call nobody. */
import { AgentFunction, McpServer, MemoryField } from '@earshot/contracts'

interface Described {
  name: string
  description: string
  method: 'GET' | 'POST'
  path: string
  parameter: string
}

const describe = (host: string, one: Described): AgentFunction =>
  AgentFunction.parse({
    id: crypto.randomUUID(),
    kind: 'http',
    name: one.name,
    description: one.description,
    method: one.method,
    url: `https://${host}${one.path}`,
    parameters: {
      type: 'object',
      properties: { [one.parameter]: { type: 'string', maxLength: 40 } },
      required: [one.parameter],
    },
    mappings: [{ from: '/status', to: { kind: 'tag', tag: 'status' } }],
  })

const desk = McpServer.parse({
  id: '0d6f4b1e-5a52-4c3a-8f3a-2b9f6f1f7c11',
  name: 'network',
  url: 'https://tools.brightline.example/mcp',
})
/** By the agent's name. */
export const MCP_SERVERS: Record<string, McpServer[]> = { Juno: [desk] }

const tool = (name: string, description: string, parameter: string): AgentFunction =>
  AgentFunction.parse({
    id: crypto.randomUUID(),
    kind: 'mcp',
    name: `${desk.name}_${name}`,
    description,
    serverId: desk.id,
    tool: name,
    reads: true,
    parameters: { type: 'object', properties: { [parameter]: { type: 'string' } }, required: [parameter] },
  })

const builtin = (name: string): AgentFunction =>
  AgentFunction.parse({ id: crypto.randomUUID(), kind: 'builtin', name, builtin: name })

/** By the agent's name; the functions are those that its plays call. */
export const FUNCTIONS: Record<string, () => AgentFunction[]> = {
  Nova: () => [
    describe('api.skylark.example', {
      name: 'find_booking',
      description: 'A booking by its reference: passengers, route, fare.',
      method: 'GET',
      path: '/bookings/{reference}',
      parameter: 'reference',
    }),
    describe('api.skylark.example', {
      name: 'trace_luggage',
      description: 'Where a bag was seen last.',
      method: 'GET',
      path: '/luggage?tag={tag}',
      parameter: 'tag',
    }),
    builtin('tag'),
  ],
  Juno: () => [
    describe('api.brightline.example', {
      name: 'test_line',
      description: 'Measures the line of a customer now. Takes some seconds.',
      method: 'POST',
      path: '/lines/tests',
      parameter: 'customer',
    }),
    tool('outages_near', 'Known outages around a postcode.', 'postcode'),
    builtin('set_stage'),
  ],
}

const field = (key: string, name: string, given: object = {}) => MemoryField.parse({ key, name, ...given })

export const FIELDS: Record<string, () => MemoryField[]> = {
  Nova: () => [
    field('booking', 'Booking reference', { type: 'order_id', required: true }),
    field('email', 'E-mail', { type: 'email' }),
    field('budget', 'Budget', { description: 'What the trip may cost.' }),
  ],
  Juno: () => [
    field('phone', 'Phone', { type: 'phone', required: true }),
    field('home', 'Kind of home', { type: 'choice', choices: ['Flat', 'House', 'Office'] }),
  ],
}
