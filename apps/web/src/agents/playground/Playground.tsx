/** Talk to a draft or a version of an agent as a contact would, with the trace of each answer beside it. */
import './texts.ts'
import '../../styles/trials.css'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { EmptyState } from '../../ui/States.tsx'
import type { AgentDraft } from '../edit/use-agent-draft.ts'
import { SayBox } from './SayBox.tsx'
import { TalkTurn } from './TalkTurn.tsx'
import { Trace } from './Trace.tsx'
import { useTalk } from './use-talk.ts'
import { useWhich } from './which.ts'

export function Playground({ agentId, draft }: { agentId: string; draft: AgentDraft }) {
  const { t } = useTranslation('trials')
  const which = useWhich(agentId, draft)
  const talk = useTalk(agentId)
  return (
    <div className="pg">
      <section className="col" aria-label={t('empty')}>
        <div className="row wrap pg-head">
          <span className="small t3">{t('with')}</span>
          <Select label={t('with')} value={which.value} onChange={which.choose} options={which.options} />
          <span className="grow" />
          <Badge tone="warn">{t('nothingKept')}</Badge>
          <Button size="sm" variant="quiet" icon={RotateCcw} disabled={talk.turns.length === 0} onClick={talk.clear}>
            {t('startOver')}
          </Button>
        </div>
        <div className="thread" aria-live="polite">
          {talk.turns.length === 0 && <EmptyState art="wave" title={t('empty')} text={t('emptyText')} />}
          {talk.turns.map((turn, i) => (
            <TalkTurn
              key={turn.id}
              turn={turn}
              number={i + 1}
              busy={talk.busy && turn === talk.turns.at(-1)}
              isShown={turn.id === talk.shown?.id}
              functions={draft.config.functions}
              onShow={() => talk.show(turn.id)}
              onAgain={(confirmed) => talk.again(turn, which.asked, which.label, confirmed)}
            />
          ))}
        </div>
        <SayBox talk={talk} onSay={(text) => talk.say(text, which.asked, which.label)} />
      </section>
      <Trace talk={talk} />
    </div>
  )
}
