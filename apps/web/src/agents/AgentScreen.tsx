/** One agent: who answers, with which model, by which instructions, and a test that tells the truth. */
import { call } from '@earshot/client'
import { type Agent, changeAgent } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import { useTranslation } from 'react-i18next'
import { NotFoundPage } from '../app/ErrorPages.tsx'
import { LeaveGuard } from '../app/LeaveGuard.tsx'
import { Loaded } from '../app/Loaded.tsx'
import { tellProblem } from '../app/problem.ts'
import { agentsQuery } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { useDraft } from '../app/use-draft.ts'
import { AgentAvatar } from '../ui/Avatar.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { toast } from '../ui/Toasts.tsx'
import { HandoffSection, IdentitySection, InstructionsSection, ModeSection } from './AgentSections.tsx'
import { ArchiveAgent } from './ArchiveAgent.tsx'
import { type AgentFields, changeOf, fieldsOf, problemOf } from './agent-fields.ts'
import { ModelSection } from './ModelSection.tsx'
import { TryAgent } from './TryAgent.tsx'

export function AgentScreen() {
  const { id } = useParams({ from: '/work/agents/$id' })
  const agents = useQuery(agentsQuery)
  return (
    <Loaded query={agents}>
      {(items) => {
        const agent = items.find((one) => one.id === id)
        return agent ? <OneAgent agent={agent} key={agent.id} /> : <NotFoundPage />
      }}
    </Loaded>
  )
}

function OneAgent({ agent }: { agent: Agent }) {
  const { t } = useTranslation(['agents', 'common'])
  const draft = useDraft<AgentFields>(fieldsOf(agent))
  const save = useSave(agent.id)
  const mayChange = useMay('admin')
  useTitle(agent.name)
  return (
    <>
      <div className="bar">
        <Link to="/agents" className="ib only-s" aria-label={t('common:back')}>
          <Icon of={ArrowLeft} className="flip" />
        </Link>
        <AgentAvatar />
        <div className="grow">
          <h1 className="strong tr">{agent.name}</h1>
          <div className="small t3 tr">{t(`agents:mode.${agent.mode}.name`)}</div>
        </div>
        {draft.changed && (
          <Badge tone="warn" className="hide-s">
            {t('common:unsaved')}
          </Badge>
        )}
        {draft.changed && (
          <Button variant="quiet" className="hide-s" onClick={draft.reset}>
            {t('common:discard')}
          </Button>
        )}
        {mayChange && (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!draft.changed || problemOf(draft.value) !== null}
            onClick={() => save.mutate(draft.edits, { onSuccess: draft.reset })}
          >
            {t('common:save')}
          </Button>
        )}
      </div>
      <div className="scroll grow">
        <div className="form">
          {!mayChange && <p className="t3">{t('agents:readOnly')}</p>}
          <fieldset disabled={!mayChange}>
            <IdentitySection draft={draft} />
            <ModeSection draft={draft} />
            <ModelSection draft={draft} agent={agent} />
            <InstructionsSection draft={draft} />
            <HandoffSection draft={draft} />
          </fieldset>
          {mayChange && <TryAgent agent={agent} unsaved={draft.changed} />}
          {mayChange && <ArchiveAgent agent={agent} />}
        </div>
      </div>
      <LeaveGuard changed={draft.changed} />
    </>
  )
}

function useSave(id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (edits: Partial<AgentFields>) => call(changeAgent, { params: { id }, body: changeOf(edits) }),
    onSuccess: (agent) => {
      queries.setQueryData(agentsQuery.queryKey, (all) => all?.map((one) => (one.id === id ? agent : one)))
      toast.done(t('saved'))
    },
    onError: tellProblem,
  })
}
