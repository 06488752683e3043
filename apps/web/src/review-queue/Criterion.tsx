/** One part of the rubric: its points while folded; open, the reason, the lines that show it, and the reader's word on it. */
import type { Review } from '@earshot/contracts'
import clsx from 'clsx'
import Circle from 'lucide-react/icons/circle'
import CircleCheck from 'lucide-react/icons/circle-check'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { Quotes } from '../contact/Quotes.tsx'
import { codeWords } from '../conversations/code-words.ts'
import { Overruled } from '../quality/Overruled.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Points } from './Points.tsx'

type Props = {
  part: Review['quality']['parts'][number]
  review: Review
  open: boolean
  agreed: boolean
  onOpen: () => void
  onAgree: () => void
  onOverrule: () => void
  onOverruled: () => void
}

export function Criterion({ part, review, open, agreed, onOpen, onAgree, onOverrule, onOverruled }: Props) {
  const { t } = useTranslation('judging')
  const name = codeWords('quality.part', part.key)
  const standing = review.overrides.find((one) => one.field === 'part' && one.part === part.key && one.ended === null)
  const said = agreed || standing !== undefined
  const may = useMay('operator')
  return (
    <section className={clsx('crit', open && 'on')} aria-label={name} tabIndex={-1}>
      <button type="button" className="row" aria-expanded={open} onClick={onOpen}>
        <span className={said ? 'ok' : 't3'}>
          <Icon of={said ? CircleCheck : Circle} size="s" />
          <span className="sr">{t(said ? 'queue.agreed' : 'queue.notYet')}</span>
        </span>
        <span className="strong grow">{name}</span>
        <span className="small num">
          {standing && <del>{round(part.points)}</del>}{' '}
          <b className="strong">{round(standing?.person ?? part.points)}</b>{' '}
          <span className="t3">/ {round(part.max)}</span>
        </span>
      </button>
      {open && (
        <>
          <p className="small t2" dir="auto">
            {part.reason}
          </p>
          <Quotes id={review.conversationId} evidence={part.evidence} />
          {may && !standing && <Points review={review} part={part} onAgree={onAgree} onDone={onOverruled} />}
          <div className="row wrap">
            <Overruled id={review.conversationId} what={name} standing={standing} onOverrule={onOverrule} />
            <span className="grow" />
            {!standing && (
              <Button keys="Y" onClick={onAgree}>
                {t('queue.agree', { points: round(part.points) })}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  )
}

const round = (points: number | string) => (typeof points === 'number' ? Math.round(points * 10) / 10 : points)
