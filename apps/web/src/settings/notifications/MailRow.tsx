/** Mail: whether this server sends any, a test to one's own address, and what the mail server said when it did not take one. */
import { call } from '@earshot/client'
import { getMailing, testMail } from '@earshot/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { FormRow } from '../SettingsPage.tsx'

export function MailRow() {
  const { t } = useTranslation('notifications')
  const { data } = useQuery({
    queryKey: ['notifications', 'mail'],
    queryFn: ({ signal }) => call(getMailing, { signal }),
    staleTime: 30_000,
  })
  const test = useMutation({
    mutationFn: () => call(testMail, {}),
    onSuccess: ({ sent, problem }) =>
      sent
        ? toast.done(t('screen.mailTested', { to: data?.to }))
        : toast.failed(t('screen.mailRefused', { why: problem })),
    onError: tellProblem,
  })
  if (!data) return null
  return (
    <FormRow label={t('screen.mail', { to: data.to })} hint={t('screen.mailHint')}>
      {data.from === null ? (
        <p className="small t3">{t('screen.mailMissing')}</p>
      ) : (
        <>
          <Button size="sm" busy={test.isPending} onClick={() => test.mutate()}>
            {t('screen.mailTest')}
          </Button>
          {data.failed > 0 && <p className="small t3">{t('screen.mailFailed', { count: data.failed })}</p>}
          {data.problem && <p className="small t3">{t('screen.mailSays', { why: data.problem })}</p>}
        </>
      )}
    </FormRow>
  )
}
