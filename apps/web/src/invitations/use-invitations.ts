/** Invitations that are open, and what can be done with them. */
import { call } from '@earshot/client'
import { invite, listInvitations, type Role, resendInvitation, revokeInvitation } from '@earshot/contracts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { toast } from '../ui/Toasts.tsx'

/** Begins with `members`, so the feed reads it again when somebody joins. */
export const invitationsQuery = queryOptions({
  queryKey: ['members', 'invitations'],
  queryFn: async ({ signal }) => (await call(listInvitations, { query: { limit: 200 }, signal })).items,
})

export type Shown = { email: string; link: string; mailed: boolean }

/** `onLink` is given each new link: it is shown once. */
export function useInvitations(onLink: (shown: Shown) => void) {
  const { t } = useTranslation('invitations')
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey })
  const onSuccess = async (made: Shown) => {
    onLink(made)
    await again()
  }
  return {
    invite: useMutation({
      mutationFn: (body: { email: string; role: Role; expiresInDays: number }) => call(invite, { body }),
      onSuccess,
    }),
    resend: useMutation({
      mutationFn: ({ id }: { id: string }) => call(resendInvitation, { params: { id }, body: {} }),
      onSuccess,
      onError: tellProblem,
    }),
    revoke: useMutation({
      mutationFn: ({ id }: { id: string; email: string }) => call(revokeInvitation, { params: { id } }),
      onSuccess: async (_, { email }) => {
        toast.done(t('revoked', { email }))
        await again()
      },
      onError: tellProblem,
    }),
  }
}
