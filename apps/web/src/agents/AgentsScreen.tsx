/** Agents: the list at the side, the open one beside it. */
import './texts.ts'
import '../styles/agents.css'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import Archive from 'lucide-react/icons/archive'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery, channelsQuery } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { AgentAvatar } from '../ui/Avatar.tsx'
import { Button, IconButton } from '../ui/Button.tsx'
import { archivedAgentsQuery } from './edit/queries.ts'
import { SectionList } from './edit/SectionList.tsx'
import { NewAgent } from './NewAgent.tsx'

export function AgentsScreen() {
  const { t } = useTranslation('agents')
  const { id } = useParams({ strict: false })
  const { data: agents, isError } = useQuery(agentsQuery)
  const mayChange = useMay('admin')
  const [creating, setCreating] = useState(false)
  const { data: channels } = useQuery(channelsQuery)
  const served = new Set(channels?.filter(({ archivedAt }) => archivedAt === null).map(({ agentId }) => agentId))
  useTitle(t('title'))
  return (
    <div className="set agents" data-pane={id || isError ? 'agent' : 'list'}>
      <nav className="anav" aria-label={t('title')}>
        <div className="row anav-head">
          <h1 className="title grow">{t('title')}</h1>
          {mayChange && <IconButton size="sm" icon={Plus} label={t('new')} onClick={() => setCreating(true)} />}
        </div>
        {agents?.map((agent) => (
          <Link className="railitem two-lines" key={agent.id} to="/agents/$id" params={{ id: agent.id }}>
            <AgentAvatar size="sm" quiet={agent.id !== id} src={agent.avatarUrl} />
            <span className="grow">
              <span className="tr block">{agent.name}</span>
              <span className="small t3 block">
                {t(`mode.${agent.mode}.name`)} · {t(`provider.${agent.model.provider}.short`)}
              </span>
            </span>
            {!served.has(agent.id) && <span className="small t3">{t('channels.off')}</span>}
          </Link>
        ))}
        <Archived />
        {id && <SectionList />}
      </nav>
      <div className="col set-page">
        <Outlet />
      </div>
      <NewAgent open={creating} onOpenChange={setCreating} />
    </div>
  )
}

/** Those out of use, when asked for. */
function Archived() {
  const { t } = useTranslation('agents')
  const { data: archived } = useQuery(archivedAgentsQuery)
  const [shown, setShown] = useState(false)
  if (!archived || archived.length === 0) return null
  return (
    <>
      <Button variant="quiet" size="sm" icon={Archive} aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t('archive.count', { count: archived.length })}
      </Button>
      {shown &&
        archived.map((agent) => (
          <Link className="railitem two-lines" key={agent.id} to="/agents/$id" params={{ id: agent.id }}>
            <AgentAvatar size="sm" quiet src={agent.avatarUrl} />
            <span className="grow tr t3">{agent.name}</span>
          </Link>
        ))}
    </>
  )
}
