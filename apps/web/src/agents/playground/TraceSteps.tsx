/** The steps of a trace, each as what it is: a search, the prompt, a model's call, a function, an agent elsewhere. */
import type { TraceStep } from '@earshot/contracts'
import BookOpen from 'lucide-react/icons/book-open'
import Brain from 'lucide-react/icons/brain'
import Globe from 'lucide-react/icons/globe'
import ScrollText from 'lucide-react/icons/scroll-text'
import Wrench from 'lucide-react/icons/wrench'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CallStatus, callDuration } from '../../conversations/thread/FunctionCall.tsx'
import { Json } from '../../conversations/thread/Json.tsx'
import { Icon, type IconShape } from '../../ui/Icon.tsx'

type Of<K extends TraceStep['kind']> = Extract<TraceStep, { kind: K }>

export function Step({ step }: { step: TraceStep }) {
  const { t } = useTranslation('trials')
  switch (step.kind) {
    case 'search':
      return <Search step={step} />
    case 'prompt':
      return <Prompt step={step} />
    case 'model':
      return (
        <Row icon={Brain} title={t('model')} ms={step.durationMs}>
          {step.error ? (
            <div className="bad">{step.error}</div>
          ) : (
            <div className="t2">
              {t('modelTokens', { model: step.model, input: step.inputTokens, output: step.outputTokens })}
            </div>
          )}
        </Row>
      )
    case 'external':
      return (
        <Row icon={Globe} title={t('external')} ms={step.durationMs}>
          <div className={step.error ? 'bad' : 't2'}>{step.error ?? step.host}</div>
        </Row>
      )
    case 'function':
      return (
        <Row
          icon={Wrench}
          title={<span className="mono">{step.call.name}</span>}
          ms={step.call.durationMs ?? undefined}
        >
          <CallStatus status={step.call.status} />
          <Json value={step.call.parameters ?? null} />
          {step.call.result !== null && <Json value={step.call.result} />}
        </Row>
      )
  }
}

type RowProps = { icon: IconShape; title: ReactNode; ms?: number | undefined; children: ReactNode }
const Row = ({ icon, title, ms, children }: RowProps) => (
  <div className="trc">
    <Icon of={icon} size="s" />
    <div>
      <div className="strong">{title}</div>
      {children}
    </div>
    <span className="num t3 small nowrap">{ms !== undefined && callDuration(ms)}</span>
  </div>
)

function Search({ step: { query, passages, durationMs } }: { step: Of<'search'> }) {
  const { t } = useTranslation('trials')
  const title = passages.length === 0 ? t('foundNone') : t('found', { count: passages.length })
  return (
    <Row icon={BookOpen} title={title} ms={durationMs}>
      <div className="t2">{t('searched', { query })}</div>
      {passages.map((passage, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trace is made once
        <details className="passage" key={i}>
          <summary className="row g3">
            <span className="num strong">{passage.score.toFixed(2)}</span>
            <span className={passage.used ? 'meter' : 'meter mid'} aria-hidden>
              <i style={{ inlineSize: `${Math.round(Math.min(1, Math.max(0, passage.score)) * 100)}%` }} />
            </span>
            <span className="tr">
              {passage.heading || passage.title} <span className="t3">{passage.used ? t('used') : t('notUsed')}</span>
            </span>
          </summary>
          <p className="t2">{passage.text}</p>
        </details>
      ))}
    </Row>
  )
}

const ROLES = ['system', 'user', 'assistant', 'tool'] as const

function Prompt({ step: { instructions, messages } }: { step: Of<'prompt'> }) {
  const { t } = useTranslation('trials')
  const all = [{ role: 'system', text: instructions }, ...messages]
  return (
    <details className="trc whole">
      <summary className="row">
        <Icon of={ScrollText} size="s" />
        <span className="strong">{t('prompt')}</span>
      </summary>
      {all.map(({ role, text }, i) => {
        const known = ROLES.find((one) => one === role)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trace is made once
          <div key={i}>
            <div className="small t3">{known ? t(`role.${known}`) : role}</div>
            <pre className="json prompt" dir="auto">
              {text}
            </pre>
          </div>
        )
      })}
    </details>
  )
}
