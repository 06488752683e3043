/** The versions of the rubric; an earlier one can be taken as the draft, to be looked at and switched on. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useRubricCommands, versionsQuery } from './use-rubric.ts'

export function Versions({ current, onTaken }: { current: number; onTaken: () => void }) {
  const { t } = useTranslation('rubric')
  const may = useMay('admin')
  const versions = useQuery(versionsQuery)
  const { restore } = useRubricCommands()
  const take = (version: number) =>
    restore.mutate(version, {
      onSuccess: () => {
        onTaken()
        toast.done(t('restored', { version }))
      },
    })
  return (
    <section className="rubric-section">
      <h2 className="title">{t('versions')}</h2>
      <Loaded query={versions} rows={2}>
        {(items) => (
          <ul className="lbox" aria-label={t('versions')}>
            {items.map(({ version, by, at, note, reviews }) => (
              <li className="lrow" key={version}>
                <span className="grow tr">
                  <span className="strong num">{version}</span>{' '}
                  <span className="small t3" dir="auto">
                    {at === null ? (
                      t('asDelivered')
                    ) : (
                      <>
                        {by && `${by} · `}
                        <RelativeTime at={at} />
                      </>
                    )}
                    {note && ` · ${note}`} · {t('reviews', { count: reviews })}
                  </span>
                </span>
                {version === current ? (
                  <Badge tone="ok">{t('versionNow')}</Badge>
                ) : (
                  may && (
                    <Button
                      size="sm"
                      aria-label={t('restoreOf', { version })}
                      disabled={restore.isPending}
                      onClick={() => take(version)}
                    >
                      {t('restore')}
                    </Button>
                  )
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  )
}
