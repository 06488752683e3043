/** Who may open what: nobody meets the sign-in twice, and nobody lands on a screen that cannot load. */
import { ApiError, call } from '@earshot/client'
import { getSetup } from '@earshot/contracts'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { type ParsedLocation, redirect } from '@tanstack/react-router'
import { meQuery } from './session.ts'

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call(getSetup, { signal }),
  staleTime: 0,
})

export type EntrySearch = { next?: string }

/** Only our own addresses: a link must not lead through the sign-in to somebody else's page. */
export function parseEntrySearch(search: Record<string, unknown>): EntrySearch {
  const { next } = search
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {}
}

type Guard = { context: { queries: QueryClient }; location: ParsedLocation }

export async function requireMember({ context: { queries }, location }: Guard): Promise<void> {
  try {
    await queries.ensureQueryData(meQuery)
  } catch (error) {
    if (!isSignedOut(error)) throw error
    const { needed } = await queries.fetchQuery(setupQuery)
    if (needed) throw redirect({ to: '/setup' })
    throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href } })
  }
}

/** Setting up works once. */
export async function requireSetup({ context: { queries } }: Guard): Promise<void> {
  const { needed } = await queries.fetchQuery(setupQuery)
  if (!needed) throw redirect({ to: '/conversations' })
}

export async function requireVisitor({ context: { queries } }: Guard): Promise<void> {
  const { needed } = await queries.fetchQuery(setupQuery)
  if (needed) throw redirect({ to: '/setup' })
  const me = await queries.fetchQuery({ ...meQuery, retry: false }).catch((error) => {
    if (isSignedOut(error)) return null
    throw error
  })
  if (me) throw redirect({ to: '/conversations' })
}

const isSignedOut = (error: unknown) => error instanceof ApiError && error.code === 'auth.required'
