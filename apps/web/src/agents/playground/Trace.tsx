/** How the chosen answer came about: time, tokens, cost, and every step in order. */
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import { useTranslation } from 'react-i18next'
import { callDuration } from '../../conversations/thread/FunctionCall.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { dollars } from './money.ts'
import { Step } from './TraceSteps.tsx'
import type { Talk } from './use-talk.ts'

export function Trace({ talk }: { talk: Talk }) {
  const { t, i18n } = useTranslation('trials')
  const { turns, shown } = talk
  const at = shown ? turns.indexOf(shown) : -1
  const number = new Intl.NumberFormat(i18n.language)
  const answers = turns.flatMap(({ answer }) => answer ?? [])
  const move = (by: number) => {
    const other = turns[at + by]
    if (other) talk.show(other.id)
  }
  return (
    <aside className="ptrace scroll" aria-label={t('trace')}>
      <div className="row ptrace-head">
        <h2 className="title grow">{at < 0 ? t('trace') : t('turn', { number: at + 1 })}</h2>
        <IconButton size="sm" icon={ChevronUp} label={t('previous')} disabled={at <= 0} onClick={() => move(-1)} />
        <IconButton
          size="sm"
          icon={ChevronDown}
          label={t('next')}
          disabled={at < 0 || at >= turns.length - 1}
          onClick={() => move(1)}
        />
      </div>
      {!shown && <p className="t3">{t('noTrace')}</p>}
      {shown?.answer && (
        <>
          <dl className="strip figures">
            <Figure label={t('time')} value={callDuration(shown.answer.durationMs)} />
            <Figure label={t('in')} value={number.format(shown.answer.tokens.input)} />
            <Figure label={t('out')} value={number.format(shown.answer.tokens.output)} />
            <Figure label={t('cost')} value={dollars(shown.answer.costUsd)} />
          </dl>
          {shown.answer.trace.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a trace is made once
            <Step key={`${shown.id} ${i}`} step={step} />
          ))}
        </>
      )}
      {answers.length > 0 && (
        <div className="card row sofar">
          <span className="grow small t3">{t('sofar')}</span>
          <span className="num small">
            {t('sum', {
              count: answers.length,
              tokens: number.format(answers.reduce((sum, { tokens }) => sum + tokens.input + tokens.output, 0)),
              cost: dollars(answers.reduce((sum, { costUsd }) => sum + costUsd, 0)),
            })}
          </span>
        </div>
      )}
    </aside>
  )
}

const Figure = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt className="small t3">{label}</dt>
    <dd className="strong num">{value}</dd>
  </div>
)
