/** The bar above an agent: which version is in force, what is not saved yet, and what can be done with the whole of it. */

import { call } from '@earshot/client'
import { type Agent, saveAgentConfig } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import Copy from 'lucide-react/icons/copy'
import Ellipsis from 'lucide-react/icons/ellipsis'
import History from 'lucide-react/icons/history'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { codeOf, tellProblem } from '../../app/problem.ts'
import { agentsQuery } from '../../app/queries.ts'
import { AgentAvatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { DuplicateAgent } from '../DuplicateAgent.tsx'
import { ViewTabs } from '../ViewTabs.tsx'
import { problemsOf } from './problems.ts'
import { configQuery } from './queries.ts'
import type { AgentDraft } from './use-agent-draft.ts'

type Props = {
  agent: Agent
  draft: AgentDraft
  mayChange: boolean
  onHistory: () => void
}

export function EditorBar({ agent, draft, mayChange, onHistory }: Props) {
  const { t } = useTranslation(['agents', 'common'])
  const [copying, setCopying] = useState(false)
  const save = useSave(agent.id, draft)
  const wrong = problemsOf(draft.config)
  const { base } = draft
  return (
    <div className="bar">
      <Link to="/agents" className="ib only-s" aria-label={t('common:back')}>
        <Icon of={ArrowLeft} className="flip" />
      </Link>
      <AgentAvatar src={agent.avatarUrl} />
      <div className="grow">
        <h1 className="strong tr">{agent.name}</h1>
        <div className="small t3 tr">
          {t('agents:version.live', { version: base.version })}
          {base.savedBy && ` · ${base.savedBy}`} · <RelativeTime at={base.savedAt} />
        </div>
      </div>
      {mayChange && <ViewTabs id={agent.id} />}
      {draft.changed && (
        <Badge tone="warn" className="hide-s">
          {t('agents:version.unsaved', { count: draft.edited.length })}
        </Badge>
      )}
      <Button variant="quiet" icon={History} className="hide-s" onClick={onHistory}>
        {t('agents:version.history')}
      </Button>
      {mayChange && (
        <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('agents:more')} />}>
          <MenuItem icon={History} onSelect={onHistory}>
            {t('agents:version.history')}
          </MenuItem>
          <MenuItem icon={Copy} onSelect={() => setCopying(true)}>
            {t('agents:duplicate.verb')}
          </MenuItem>
        </Menu>
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
          disabled={!draft.changed || wrong.length > 0}
          title={wrong.length > 0 ? t(`agents:problem.${wrong[0]!}`) : undefined}
          onClick={() => save.mutate()}
        >
          {t('common:save')}
        </Button>
      )}
      <DuplicateAgent agent={agent} open={copying} onOpenChange={setCopying} />
    </div>
  )
}

function useSave(id: string, draft: AgentDraft) {
  const { t } = useTranslation(['agents', 'common'])
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call(saveAgentConfig, {
        params: { id },
        body: { config: draft.config, baseVersion: draft.base.version, keys: draft.keys },
      }),
    async onSuccess(document) {
      queries.setQueryData(configQuery(id).queryKey, document)
      draft.reset()
      toast.done(t('common:saved'))
      await Promise.all([
        queries.invalidateQueries({ queryKey: agentsQuery.queryKey, exact: true }),
        queries.invalidateQueries({ queryKey: ['agents', id, 'versions'] }),
      ])
    },
    onError(error) {
      tellProblem(error)
      // Somebody else was first: their version is read, and told above the form.
      if (codeOf(error) === 'agent.changed') void queries.invalidateQueries(configQuery(id))
    },
  })
}
