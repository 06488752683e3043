/** The signing secret: made here, shown once, replaced with the old one signing on for a day. */
import { call } from '@earshot/client'
import { getAgentSigning, rotateAgentSigning } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import KeyRound from 'lucide-react/icons/key-round'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/Copy.tsx'
import { Icon } from '../../ui/Icon.tsx'

export function SigningSecret({ agentId }: { agentId: string }) {
  const { t, i18n } = useTranslation(['external', 'common'])
  const queryKey = ['signing', agentId]
  const mayRead = useMay('admin')
  const signing = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getAgentSigning, { params: { id: agentId }, signal }),
    enabled: mayRead,
  })
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const make = useMutation({
    mutationFn: () => call(rotateAgentSigning, { params: { id: agentId } }),
    onSuccess: ({ since, previousUntil }) => {
      queries.setQueryData(queryKey, { since, previousUntil })
      setAsking(false)
    },
    onError: tellProblem,
  })
  const at = (time: string) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time))
  const { since = null, previousUntil = null } = signing.data ?? {}
  return (
    <div className="signing">
      <div className="row">
        <Icon of={KeyRound} size="s" className="t3" />
        <div className="grow">
          <div className="strong">{t('external:secret')}</div>
          <div className="small t3">
            {since ? t('external:secretSince', { at: at(since) }) : t('external:secretNone')}{' '}
            {previousUntil && t('external:secretPrevious', { at: at(previousUntil) })}
          </div>
        </div>
        <Button
          busy={make.isPending}
          disabled={!signing.data}
          onClick={() => (since ? setAsking(true) : make.mutate())}
        >
          {since ? t('external:rotate') : t('external:make')}
        </Button>
      </div>
      {make.data && (
        <div className="snippet" role="status">
          <div className="small">{t('external:shown')}</div>
          <div className="row">
            <code className="mono grow secret" dir="ltr">
              {make.data.secret}
            </code>
            <CopyButton text={make.data.secret} />
          </div>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('external:rotateTitle')}
        description={t('external:rotateText')}
        verb={t('external:rotate')}
        cancel={t('common:cancel')}
        busy={make.isPending}
        onConfirm={() => make.mutate()}
      />
    </div>
  )
}
