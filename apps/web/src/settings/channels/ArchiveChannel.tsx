/** Takes a channel out of use: nobody can begin there any more, what was said stays. */
import { call } from '@earshot/client'
import { archiveChannel, type Channel } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Archive from 'lucide-react/icons/archive'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { channelsQuery } from '../../app/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'

export function ArchiveChannel({ channel }: { channel: Channel }) {
  const { t } = useTranslation(['channels', 'common'])
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const archive = useMutation({
    mutationFn: () => call(archiveChannel, { params: { id: channel.id } }),
    onSuccess: async () => {
      toast.done(t('channels:archive.done', { name: channel.name }))
      await navigate({ to: '/settings/channels', ignoreBlocker: true })
      await queries.invalidateQueries(channelsQuery)
    },
    onError: tellProblem,
  })
  return (
    <>
      <Button variant="danger" icon={Archive} onClick={() => setAsking(true)}>
        {t('channels:archive.verb')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={t('channels:archive.title', { name: channel.name })}
        description={t('channels:archive.text', { count: channel.conversationCount })}
        verb={t('channels:archive.verb')}
        cancel={t('common:cancel')}
        busy={archive.isPending}
        onConfirm={() => archive.mutate()}
      />
    </>
  )
}
