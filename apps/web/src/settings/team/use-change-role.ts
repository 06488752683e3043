/** Gives a member another role; it counts from their next request on. */
import { call } from '@earshot/client'
import { changeMember, type Member, type Role } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { toast } from '../../ui/Toasts.tsx'

export function useChangeRole() {
  const { t } = useTranslation(['settings', 'shell'])
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ member, role }: { member: Member; role: Role }) =>
      call(changeMember, { params: { id: member.id }, body: { role } }),
    onSuccess: async ({ name, role }) => {
      await queries.invalidateQueries({ queryKey: ['members'] })
      toast.done(t('settings:team.changed', { name, role: t(`shell:roles.${role}`) }))
    },
    onError: tellProblem,
  })
}
