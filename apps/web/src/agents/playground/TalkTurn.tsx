/** One exchange of a trial: what the contact says, what was called, and the answer; chosen, its trace is shown. */
import type { AgentConfig, FunctionCall, TriedAnswer } from '@earshot/contracts'
import clsx from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callDuration } from '../../conversations/thread/FunctionCall.tsx'
import { AgentAvatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Markdown } from '../../ui/Markdown.tsx'
import { Banner } from '../../ui/States.tsx'
import { CalledFunction } from './CalledFunction.tsx'
import { dollars } from './money.ts'
import type { Turn } from './use-talk.ts'

type Functions = AgentConfig['functions']
type Props = {
  turn: Turn
  number: number
  busy: boolean
  isShown: boolean
  functions: Functions
  onShow: () => void
  onAgain: (confirmed?: string[]) => void
}

export function TalkTurn({ turn, number, busy, isShown, functions, onShow, onAgain }: Props) {
  const { t } = useTranslation('trials')
  const { answer } = turn
  return (
    <>
      <div className="turn cu">
        <div className="stackm">
          <div className="bub" dir="auto">
            {turn.text}
          </div>
        </div>
      </div>
      {answer?.trace.map((step, i) =>
        step.kind === 'function' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trace is made once
          <Called key={i} call={step.call} functions={functions} turn={turn} onAgain={onAgain} />
        ) : null,
      )}
      <div className={clsx('turn', isShown && answer && 'shown')}>
        <AgentAvatar size="sm" />
        <div className="stackm">
          {answer ? (
            <Said answer={answer} onAgain={() => onAgain(turn.confirmed)} />
          ) : busy ? (
            <div className="bub t3 row g3">
              <span className="spin" /> {t('thinking')}
            </div>
          ) : (
            <Button size="sm" onClick={() => onAgain(turn.confirmed)}>
              {t('again')}
            </Button>
          )}
          {answer && (
            <button type="button" className="meta num" aria-pressed={isShown} onClick={onShow}>
              <b>{turn.by}</b> {number} · {callDuration(answer.durationMs)}
              {answer.tokens.input + answer.tokens.output > 0 &&
                ` · ${t('tokens', { count: answer.tokens.input + answer.tokens.output })} · ${dollars(answer.costUsd)}`}
            </button>
          )}
        </div>
      </div>
    </>
  )
}

function Said({ answer, onAgain }: { answer: TriedAnswer; onAgain: () => void }) {
  const { t } = useTranslation('trials')
  if (answer.error !== null)
    return (
      <Banner
        tone="bad"
        icon={CircleAlert}
        actions={
          <Button size="sm" onClick={onAgain}>
            {t('again')}
          </Button>
        }
      >
        {t('failed')} <span className="mono">{answer.error}</span>
      </Banner>
    )
  const { handoff } = answer
  return (
    <>
      {(answer.text ?? handoff?.announcement) && (
        <div className="bub" dir="auto">
          <Markdown text={answer.text ?? handoff?.announcement ?? ''} />
        </div>
      )}
      {handoff && <div className="small warn">{t('asksPerson', { reason: handoff.reason.replaceAll('_', ' ') })}</div>}
    </>
  )
}

type CalledProps = { call: FunctionCall; functions: Functions; turn: Turn; onAgain: (confirmed: string[]) => void }

/** A call that was held back may be made after all, with a yes. */
function Called({ call, functions, turn, onAgain }: CalledProps) {
  const { t } = useTranslation(['trials', 'common'])
  const [asking, setAsking] = useState(false)
  const own = functions.find((one) => one.name === call.name)
  const isHeld =
    call.status === 'refused' && ((own?.kind === 'http' && own.method !== 'GET') || (own?.kind === 'mcp' && !own.reads))
  if (!isHeld) return <CalledFunction call={call} />
  return (
    <>
      <CalledFunction call={call} held>
        <Button size="sm" onClick={() => setAsking(true)}>
          {t('trials:callIt')}
        </Button>
      </CalledFunction>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('trials:callTitle', { name: call.name })}
        description={
          own.kind === 'mcp'
            ? t('trials:callToolText', { tool: own.tool })
            : t('trials:callText', { method: own.method, host: new URL(own.url).host })
        }
        verb={t('trials:callVerb')}
        cancel={t('common:cancel')}
        onConfirm={() => {
          setAsking(false)
          onAgain([...turn.confirmed, call.name])
        }}
      />
    </>
  )
}
