/** Whether the contact wants follow-ups; in the card of the contact. */
import './texts.ts'
import { call } from '@earshot/client'
import { getFollowUpConsent, setFollowUpConsent } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { Switch } from '../../ui/Choice.tsx'

export default function FollowUpConsent({ contactId }: { contactId: string }) {
  const { t } = useTranslation('followUps')
  const may = useMay('operator')
  const cache = useQueryClient()
  const params = { id: contactId }
  const queryKey = ['contacts', 'follow-ups', contactId]
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => call(getFollowUpConsent, { params, signal }) })
  const change = useMutation({
    mutationFn: (optedOut: boolean) => call(setFollowUpConsent, { params, body: { optedOut } }),
    onSuccess: (changed) => cache.setQueryData(queryKey, changed),
    onError: tellProblem,
  })
  if (!data) return null
  return (
    <>
      <dt>{t('consent')}</dt>
      <dd className="row g3">
        <Switch
          label={t('consentSwitch')}
          checked={!data.optedOut}
          disabled={!may || change.isPending}
          onChange={(on) => change.mutate(!on)}
        />
        {data.optedOut && (
          <span className="small t3">{data.by ? t('consentBy', { name: data.by }) : t('consentSaid')}</span>
        )}
      </dd>
    </>
  )
}
