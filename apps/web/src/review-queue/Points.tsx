/** Points for one part, by a digit or a click: the engine's own agrees with it, any other wants a reason. */
import type { Review } from '@earshot/contracts'
import clsx from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { codeWords } from '../conversations/code-words.ts'
import { useOverrule } from '../quality/use-overrule.ts'
import { Button } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import { scaleOf } from './scale-of.ts'

type Props = {
  review: Review
  part: Review['quality']['parts'][number]
  onAgree: () => void
  /** After it was overruled. */
  onDone: () => void
}

export function Points({ review, part, onAgree, onDone }: Props) {
  const { t } = useTranslation('judging')
  const name = codeWords('quality.part', part.key)
  const scale = scaleOf(part.points, part.max)
  const [chosen, setChosen] = useState<number | null>(null)
  const choose = (points: number) => (points === part.points ? onAgree() : setChosen(points))
  useShortcuts(
    scale.map((points, digit) => ({
      keys: String(digit),
      group: 'act' as const,
      label: t('queue.keys.points', { points }),
      run: () => choose(points),
    })),
  )
  return (
    <div className="col g2">
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, as a toolbar has them; a fieldset would want a legend */}
      <div className="row g1 wrap" role="group" aria-label={t('queue.pointsOf', { part: name })}>
        {scale.map((points, digit) => (
          <button
            key={points}
            type="button"
            className={clsx('point num', points === part.points && 'said')}
            aria-pressed={points === (chosen ?? part.points)}
            aria-label={t('queue.points', { points, max: part.max })}
            aria-keyshortcuts={String(digit)}
            onClick={() => choose(points)}
          >
            {points}
          </button>
        ))}
      </div>
      {chosen !== null && (
        <Why key={chosen} review={review} part={part.key} name={name} points={chosen} onDone={onDone} />
      )}
    </div>
  )
}

type WhyProps = { review: Review; part: string; name: string; points: number; onDone: () => void }

function Why({ review, part, name, points, onDone }: WhyProps) {
  const { t } = useTranslation(['judging', 'quality'])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const overrule = useOverrule(review.conversationId, name, onDone)
  const said = reason.trim()
  const save = () => {
    setTried(true)
    if (said !== '' && !overrule.isPending)
      overrule.mutate({ field: 'part', reviewId: review.id, part, value: points, reason: said })
  }
  const missing = tried && said === '' ? t('quality:dialog.reasonMissing') : undefined
  return (
    <form
      className="col g2"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextArea
        label={t('queue.reasonNeeded')}
        rows={2}
        maxLength={500}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          save()
        }}
        error={overrule.error ? problemText(overrule.error) : missing}
      />
      <div className="row">
        <span className="small t3 grow">{t('queue.bothKept')}</span>
        <Button type="submit" variant="primary" keys="↵" busy={overrule.isPending}>
          {t('queue.overruleTo', { points })}
        </Button>
      </div>
    </form>
  )
}
