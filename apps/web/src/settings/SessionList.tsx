/** Where you are signed in; any of them can be ended at once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Monitor from 'lucide-react/icons/monitor'
import Smartphone from 'lucide-react/icons/smartphone'
import { useTranslation } from 'react-i18next'
import { currentSession, listSessions, revokeOtherSessions, revokeSession, type Session } from '../app/auth.ts'
import { Loaded } from '../app/Loaded.tsx'
import { tellProblem } from '../app/problem.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { toast } from '../ui/Toasts.tsx'
import { describeDevice } from './describe-device.ts'

export const sessionsKey = ['sessions']

async function readSessions() {
  const [all, current] = await Promise.all([listSessions(), currentSession()])
  const mine = (session: Session) => session.token === current?.token
  return all
    .map((session) => ({ ...session, current: mine(session) }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.updatedAt.localeCompare(a.updatedAt))
}

export function SessionList() {
  const { t } = useTranslation('settings')
  const query = useQuery({ queryKey: sessionsKey, queryFn: readSessions })
  const end = useEnd((token: string) => revokeSession(token))
  const endOthers = useEnd(() => revokeOtherSessions())
  return (
    <Loaded query={query} rows={2}>
      {(sessions) => (
        <>
          <ul className="lbox">
            {sessions.map((session) => (
              <SessionRow
                key={session.token}
                session={session}
                busy={end.isPending && end.variables === session.token}
                onEnd={() => end.mutate(session.token)}
              />
            ))}
          </ul>
          {sessions.length > 1 && (
            <Button className="below" busy={endOthers.isPending} onClick={() => endOthers.mutate('')}>
              {t('profile.endOthers')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

type RowProps = { session: Session & { current: boolean }; busy: boolean; onEnd: () => void }

function SessionRow({ session, busy, onEnd }: RowProps) {
  const { t } = useTranslation('settings')
  const device = describeDevice(session.userAgent)
  const name = device.name ?? t('profile.unknownDevice')
  return (
    <li className="lrow">
      <Icon of={device.phone ? Smartphone : Monitor} size="s" className="t3" />
      <span className="grow">
        {name}
        <span className="sub block">
          {session.ipAddress ? `${session.ipAddress} · ` : ''}
          {t('profile.lastUsed')} <RelativeTime at={session.updatedAt} />
        </span>
      </span>
      {session.current ? (
        <Badge tone="ok">{t('profile.thisSession')}</Badge>
      ) : (
        <Button size="sm" variant="danger" busy={busy} onClick={onEnd} aria-label={t('profile.endSession', { name })}>
          {t('profile.end')}
        </Button>
      )}
    </li>
  )
}

function useEnd(work: (token: string) => Promise<unknown>) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionsKey })
      toast.done(t('profile.ended'))
    },
    onError: tellProblem,
  })
}
