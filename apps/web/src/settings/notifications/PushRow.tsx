/** Push in this browser: switched on with the browser's leave, and tested. */
import { call } from '@earshot/client'
import { testPush } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { readPushState, switchPushOff, switchPushOn } from '../../notifications/push.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { FormRow } from '../SettingsPage.tsx'

const KEY = ['push-of-this-browser']

export function PushRow() {
  const { t } = useTranslation('notifications')
  const cache = useQueryClient()
  const { data: state = 'off' } = useQuery({ queryKey: KEY, queryFn: readPushState, staleTime: 0 })
  const turn = useMutation({
    mutationFn: (on: boolean) => (on ? switchPushOn() : switchPushOff()),
    onSuccess: (next) => cache.setQueryData(KEY, next),
    onError: tellProblem,
  })
  const test = useMutation({
    mutationFn: () => call(testPush, {}),
    onSuccess: ({ sent, failed }) => {
      if (failed.length > 0) toast.failed(t('screen.testFailed', { why: failed.join(', ') }))
      else toast.done(t(sent > 0 ? 'screen.tested' : 'screen.testNone'))
    },
    onError: tellProblem,
  })
  return (
    <FormRow label={t('screen.push')} hint={t('screen.pushHint')}>
      <div className="row g3">
        <Switch
          label={t('screen.push')}
          checked={state === 'on'}
          disabled={turn.isPending || state === 'missing'}
          onChange={(on) => turn.mutate(on)}
        />
        {state === 'on' && (
          <Button size="sm" busy={test.isPending} onClick={() => test.mutate()}>
            {t('screen.test')}
          </Button>
        )}
      </div>
      {(state === 'denied' || state === 'missing') && (
        <p className="small t3">{t(state === 'denied' ? 'screen.pushDenied' : 'screen.pushMissing')}</p>
      )}
    </FormRow>
  )
}
