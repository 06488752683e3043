/** One HTTP operation, described once: the server binds it, the client calls it, the docs print it. */
import { z } from 'zod'
import type { ErrorCode } from './errors.ts'

const nothing = z.strictObject({})
const noBody = z.undefined()

/** What an API key may be allowed to do; `*` is everything. */
export const SCOPES = [
  'conversations:read',
  'conversations:write',
  'ingest',
  'control',
  'contacts:read',
  'contacts:write',
  'agents',
  'admin',
  '*',
] as const
export type Scope = (typeof SCOPES)[number]

/** Roles of an operator, least first: each may do all that the ones before it may. */
export const ROLES = ['viewer', 'operator', 'supervisor', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/**
 * Who may call. `public` needs nothing; `user` any signed-in person, member of a workspace or not;
 * otherwise the least role of a member, and the scope an API key needs (`null`: no key may).
 */
export type Access = 'public' | 'user' | { role: Role; scope: Scope | null }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  /** Stable operation id, `area.verbNoun`; becomes the OpenAPI `operationId`. */
  id: string
  method: Method
  path: `/api/v1/${string}`
  summary: string
  access: Access
  params: Params
  query: Query
  body: Body
  reply: Reply
  /** Success status; 200 unless said. A handler may answer 200 where 201 is declared (a duplicate). */
  status: number
  /** Every failure a caller may meet besides `request.invalid`, `auth.required`, `auth.forbidden`. */
  errors: readonly ErrorCode[]
  /** True when the operation repeats safely by its own rule, so the stored-reply table is not used. */
  repeatsSafely: boolean
  /** Largest body, in bytes; 64 KiB unless said. */
  maxBytes: number
  /** Media types; JSON unless said. */
  bodyType: string
  replyType: string
}

type Described<P, Q, B, R> = {
  id: string
  method: Method
  path: `/api/v1/${string}`
  summary: string
  access: Access
  params?: P
  query?: Q
  body?: B
  reply: R
  status?: number
  errors?: readonly ErrorCode[]
  repeatsSafely?: boolean
  maxBytes?: number
  bodyType?: string
  replyType?: string
}

/**
 * Describes an endpoint; what is left out takes nothing.
 *
 * @example
 * export const closeConversation = endpoint({
 *   id: 'conversations.close', method: 'POST', path: '/api/v1/conversations/:id/close', summary: 'Close',
 *   access: { role: 'operator', scope: 'conversations:write' },
 *   params: z.strictObject({ id: z.uuid() }), reply: Conversation, errors: ['conversation.not_found'],
 * })
 */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = z.ZodObject<Record<never, never>>,
  Q extends z.ZodType = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
>(d: Described<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    status: 200,
    errors: [],
    repeatsSafely: d.method !== 'POST',
    maxBytes: 64 * 1024,
    bodyType: 'application/json',
    replyType: 'application/json',
    ...d,
    params: d.params ?? (nothing as unknown as P),
    query: d.query ?? (nothing as unknown as Q),
    body: d.body ?? (noBody as unknown as B),
  }
}
