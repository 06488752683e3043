/** The round arrow beside what an analyser wrote; supervised by whoever may write. */
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { IconButton } from '../ui/Button.tsx'
import { useRegenerate } from './use-regenerate.ts'

export function Regenerate({ id }: { id: string }) {
  const { t } = useTranslation('conversations')
  const regenerate = useRegenerate(id)
  if (!useMay('operator')) return null
  if (regenerate.isPending) {
    return (
      <span className="ib sm" role="status" aria-label={t('review.running')}>
        <span className="spin" />
      </span>
    )
  }
  return <IconButton size="sm" label={t('review.regenerate')} icon={RefreshCw} onClick={() => regenerate.mutate()} />
}
