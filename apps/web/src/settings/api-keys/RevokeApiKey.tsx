/** Ends a key at once. */
import { call } from '@earshot/client'
import { revokeApiKey } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'

type Props = { apiKey: { id: string; name: string }; onRevoked: () => void }

export function RevokeApiKey({ apiKey: { id, name }, onRevoked }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => call(revokeApiKey, { params: { id } }),
    onSuccess: async () => {
      setAsking(false)
      onRevoked()
      toast.done(t('settings:apiKeys.revoked', { name }))
      await queries.invalidateQueries({ queryKey: ['api-keys'] })
    },
    onError: tellProblem,
  })
  return (
    <>
      <Button
        size="sm"
        variant="danger"
        aria-label={t('settings:apiKeys.revokeNamed', { name })}
        onClick={() => setAsking(true)}
      >
        {t('settings:apiKeys.revoke')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={t('settings:apiKeys.revokeTitle', { name })}
        description={t('settings:apiKeys.revokeText')}
        verb={t('settings:apiKeys.revoke')}
        cancel={t('common:cancel')}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      />
    </>
  )
}
