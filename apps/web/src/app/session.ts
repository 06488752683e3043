/** Who is signed in, in which workspace, and what their role lets them do. */
import { call } from '@earshot/client'
import { getMe, type Me, ROLES, type Role } from '@earshot/contracts'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(getMe, { signal }),
  staleTime: 60_000,
})

/** A signed-in operator; the route guard has made sure that none of the three is missing. */
export type Session = {
  user: NonNullable<Me['user']>
  member: NonNullable<Me['member']>
  workspace: NonNullable<Me['workspace']>
}

export function isComplete(me: Me): me is Me & Session {
  return me.user !== null && me.member !== null && me.workspace !== null
}

export function useSession(): Session {
  const { data } = useSuspenseQuery(meQuery)
  if (!isComplete(data)) throw new Error('A screen of the workspace was opened without a member')
  return data
}

/** Each role may do all that the ones before it may. */
export const atLeast = (role: Role, needed: Role) => ROLES.indexOf(role) >= ROLES.indexOf(needed)

export const useMay = (needed: Role) => atLeast(useSession().member.role, needed)
