/** A conversation in full, sliding in over the Table; the table stays live behind it. */
import { useTranslation } from 'react-i18next'
import { focusRowOf } from '../conversations/list/use-row-focus.ts'
import { Detail } from './Detail.tsx'

type Props = {
  id: string
  /** The entry to open at: a search hit. */
  at?: number
  /** What was searched for, to be marked where it stands. */
  query?: string
  onClose: () => void
  /** Left out at either end of the list. */
  onPrevious?: () => void
  onNext?: () => void
}

export function ConversationPanel({ onClose, ...rest }: Props) {
  const { t } = useTranslation('detail')
  const close = () => {
    onClose()
    focusRowOf(rest.id)
  }
  return (
    <section className="drawer" aria-label={t('panel')}>
      <Detail {...rest} frame="panel" onLeave={close} />
    </section>
  )
}
