/** A transcript on its way, in its real geometry; drawn only after a moment. */
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../ui/States.tsx'

export function ThreadSkeleton() {
  const { t } = useTranslation('common')
  return (
    <div className="grow thread btm sk-late" aria-busy="true" role="status" aria-label={t('loading')}>
      {[64, 40, 52].map((width) => (
        <div className="col sk-turn" key={width}>
          <Skeleton className="end" width={`${width}%`} height={40} radius="14px 14px 4px 14px" />
          <div className="row sk-ours">
            <Skeleton width={22} height={22} radius="30%" />
            <Skeleton width="72%" height={74} radius="14px 14px 14px 4px" />
          </div>
        </div>
      ))}
    </div>
  )
}
