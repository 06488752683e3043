/** Past conversations played to a draft: choose them, follow the run, and read the answers side by side. */
import '../playground/texts.ts'
import '../../styles/trials.css'
import { call } from '@earshot/client'
import { type Replay, startReplay } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { tellProblem } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { EmptyState } from '../../ui/States.tsx'
import type { AgentDraft } from '../edit/use-agent-draft.ts'
import { useWhich } from '../playground/which.ts'
import { ChooseConversations } from './ChooseConversations.tsx'
import { OneReplay } from './OneReplay.tsx'
import { replaysQuery } from './queries.ts'

export function Replays({ agentId, draft }: { agentId: string; draft: AgentDraft }) {
  const { t } = useTranslation('trials')
  const which = useWhich(agentId, draft)
  const replays = useQuery(replaysQuery(agentId))
  const [chosen, choose] = useState<string | null>(null)
  const [choosing, setChoosing] = useState(false)
  const queries = useQueryClient()
  const start = useMutation({
    mutationFn: (conversationIds: string[]) =>
      call(startReplay, { params: { id: agentId }, body: { ...which.asked, conversationIds } }),
    onSuccess(replay) {
      queries.setQueryData(replaysQuery(agentId).queryKey, (all) => [replay, ...(all ?? [])])
      choose(replay.id)
      setChoosing(false)
    },
    onError: tellProblem,
  })
  return (
    <div className="replays scroll grow">
      <div className="form wide">
        <div className="row wrap ph2">
          <div className="grow">
            <h2>{t('replay.title')}</h2>
            <p className="t2">{t('replay.text')}</p>
          </div>
          <Select label={t('with')} value={which.value} onChange={which.choose} options={which.options} />
          <Button icon={Plus} onClick={() => setChoosing(true)}>
            {t('replay.choose')}
          </Button>
        </div>
        <Loaded query={replays}>
          {(all) => {
            const shown = all.find(({ id }) => id === chosen) ?? all[0]
            return shown ? (
              <>
                {all.length > 1 && <Earlier all={all} shown={shown} onChoose={choose} />}
                <OneReplay key={shown.id} agentId={agentId} replay={shown} />
              </>
            ) : (
              <EmptyState art="wave" title={t('replay.empty')} text={t('replay.emptyText')} />
            )
          }}
        </Loaded>
      </div>
      <ChooseConversations
        agentId={agentId}
        open={choosing}
        onOpenChange={setChoosing}
        busy={start.isPending}
        onStart={(ids) => start.mutate(ids)}
      />
    </div>
  )
}

type EarlierProps = { all: readonly Replay[]; shown: Replay; onChoose: (id: string) => void }

function Earlier({ all, shown, onChoose }: EarlierProps) {
  const { t, i18n } = useTranslation('trials')
  const at = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const options = all.map(({ id, total, createdAt }) => ({
    value: id,
    label: t('replay.label', { count: total, at: at.format(new Date(createdAt)) }),
  }))
  return (
    <div className="row earlier">
      <Select label={t('replay.earlier')} value={shown.id} onChange={onChoose} options={options} />
    </div>
  )
}
