/** Takes a person out of the workspace; what they said stays. */
import { call } from '@earshot/client'
import { type Member, removeMember } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import UserRoundMinus from 'lucide-react/icons/user-round-minus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { IconButton } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'

export function RemoveMember({ member }: { member: Member }) {
  const { t } = useTranslation(['settings', 'common'])
  const { name } = member
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call(removeMember, { params: { id: member.id } }),
    onSuccess: async () => {
      setAsking(false)
      toast.done(t('settings:team.removed', { name }))
      await queries.invalidateQueries({ queryKey: ['members'] })
    },
    onError: tellProblem,
  })
  return (
    <>
      <IconButton
        size="sm"
        icon={UserRoundMinus}
        label={t('settings:team.removeNamed', { name })}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={t('settings:team.removeTitle', { name })}
        description={t('settings:team.removeText')}
        verb={t('settings:team.remove')}
        cancel={t('common:cancel')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </>
  )
}
