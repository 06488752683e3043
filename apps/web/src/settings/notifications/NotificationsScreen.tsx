/** Settings → Notifications: for each kind how one is told, push in this browser, quiet hours, the sound. */
import '../../notifications/texts.ts'
import '../../styles/notifications.css'
import { call } from '@earshot/client'
import { type NotificationChoices, NotificationKind, setNotificationChoices } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Play from 'lucide-react/icons/play'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { tellProblem } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { playChime } from '../../notifications/chime.ts'
import { choicesQuery } from '../../notifications/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, Switch } from '../../ui/Choice.tsx'
import { Input } from '../../ui/Field.tsx'
import { FormRow, SettingsPage } from '../SettingsPage.tsx'
import { MailRow } from './MailRow.tsx'
import { PushRow } from './PushRow.tsx'

const WAYS = ['screen', 'sound', 'push', 'mail'] as const

export function NotificationsScreen() {
  const { t } = useTranslation('notifications')
  const { member } = useSession()
  const choices = useQuery(choicesQuery)
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: (body: NotificationChoices) => call(setNotificationChoices, { body }),
    onMutate: (wish) => {
      const before = cache.getQueryData(choicesQuery.queryKey)
      cache.setQueryData(choicesQuery.queryKey, wish)
      return { before }
    },
    onError: (error, _, context) => {
      if (context?.before) cache.setQueryData(choicesQuery.queryKey, context.before)
      tellProblem(error)
    },
  })
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('screen.lead', { name: member.name.split(' ')[0] })}
    >
      <Loaded query={choices} rows={6}>
        {(chosen) => (
          <>
            <WaysTable chosen={chosen} onChange={save.mutate} />
            <PushRow />
            <MailRow />
            <QuietHours chosen={chosen} onChange={save.mutate} />
            <FormRow label={t('screen.sound')} hint={t('screen.soundHint')}>
              <Button icon={Play} onClick={() => void playChime()}>
                {t('screen.play')}
              </Button>
            </FormRow>
          </>
        )}
      </Loaded>
    </SettingsPage>
  )
}

type Props = { chosen: NotificationChoices; onChange: (choices: NotificationChoices) => void }

function WaysTable({ chosen, onChange }: Props) {
  const { t } = useTranslation('notifications')
  return (
    <table className="ways" aria-label={t('screen.ways')}>
      <thead>
        <tr>
          <th scope="col">{t('screen.when')}</th>
          {WAYS.map((way) => (
            <th scope="col" key={way}>
              {t(`screen.way.${way}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NotificationKind.options.map((kind) => (
          <tr key={kind}>
            <th scope="row">{t(`screen.kind.${kind}`)}</th>
            {WAYS.map((way) => (
              <td key={way}>
                <Checkbox
                  aria-label={t('screen.cell', { kind: t(`screen.kind.${kind}`), way: t(`screen.way.${way}`) })}
                  checked={chosen.kinds[kind][way]}
                  onChange={(on) =>
                    onChange({ ...chosen, kinds: { ...chosen.kinds, [kind]: { ...chosen.kinds[kind], [way]: on } } })
                  }
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function QuietHours({ chosen, onChange }: Props) {
  const { t } = useTranslation('notifications')
  const { quiet } = chosen
  const set = (change: Partial<NotificationChoices['quiet']>) => onChange({ ...chosen, quiet: { ...quiet, ...change } })
  // The clock of whoever sets them.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return (
    <>
      <FormRow label={t('screen.quiet')} hint={t('screen.quietHint')}>
        <div className="row g3">
          <Switch
            label={t('screen.quietOn')}
            checked={quiet.on}
            onChange={(on) => set(on ? { on, timeZone } : { on })}
          />
          {quiet.on &&
            (['from', 'to'] as const).map((end) => (
              <Input
                key={end}
                type="time"
                aria-label={t(`screen.${end}`)}
                value={quiet[end]}
                onChange={(event) => event.target.value && set({ [end]: event.target.value, timeZone })}
              />
            ))}
        </div>
        {quiet.on && <p className="small t3">{t('screen.zone', { zone: quiet.timeZone })}</p>}
      </FormRow>
      {quiet.on && (
        <FormRow label={t('screen.through')}>
          <Switch
            label={t('screen.through')}
            checked={quiet.pastTargetComesThrough}
            onChange={(pastTargetComesThrough) => set({ pastTargetComesThrough })}
          />
        </FormRow>
      )}
    </>
  )
}
