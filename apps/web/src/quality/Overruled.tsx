/** Inside an unfolded part or verdict: who says otherwise and why, with the way back; or the way to say so. */
import type { ReviewOverride } from '@earshot/contracts'
import PenLine from 'lucide-react/icons/pen-line'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { useUndoOverride } from './use-overrule.ts'
import { useValueWords } from './value-words.ts'

type Props = {
  id: string
  what: string
  standing: ReviewOverride | undefined
  /** Absent on earlier reviews, which are only looked at. */
  onOverrule?: (() => void) | undefined
}

export function Overruled({ id, what, standing, onOverrule }: Props) {
  const { t } = useTranslation('quality')
  const may = useMay('operator')
  const undo = useUndoOverride(id)
  return (
    <>
      {standing && <SaidOtherwise override={standing} />}
      {may && onOverrule && (
        <span className="row g2">
          <Button
            size="sm"
            variant="quiet"
            icon={PenLine}
            aria-label={t('overrulePart', { what })}
            onClick={onOverrule}
          >
            {t('overrule')}
          </Button>
          {standing && (
            <Button
              size="sm"
              variant="quiet"
              icon={Undo2}
              busy={undo.isPending}
              aria-label={t('undoOf', { what })}
              onClick={() => undo.mutate(standing.id)}
            >
              {t('undo')}
            </Button>
          )}
        </span>
      )}
    </>
  )
}

export function SaidOtherwise({ override }: { override: ReviewOverride }) {
  const { t } = useTranslation('quality')
  const words = useValueWords()
  const { field, by, person, review, reason, at } = override
  return (
    <p className="otherwise">
      <span>
        {t('said', {
          name: by.name ?? t('somebody'),
          person: words.value(field, person),
          review: words.value(field, review),
        })}
      </span>{' '}
      <span className="t2" dir="auto">
        {reason}
      </span>{' '}
      <span className="t3">
        <RelativeTime at={at} />
      </span>
    </p>
  )
}
