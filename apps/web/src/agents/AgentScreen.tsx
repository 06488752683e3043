/** One agent: its document in sections, its versions, and a test that tells the truth. */
import type { Agent, AgentDocument } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NotFoundPage } from '../app/ErrorPages.tsx'
import { LeaveGuard } from '../app/LeaveGuard.tsx'
import { Loaded } from '../app/Loaded.tsx'
import { loadLate } from '../app/load-late.ts'
import { agentsQuery } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { SkeletonRows } from '../ui/States.tsx'
import { ArchiveAgent } from './ArchiveAgent.tsx'
import { EditorBar } from './edit/EditorBar.tsx'
import { NewerVersion } from './edit/NewerVersion.tsx'
import { archivedAgentsQuery, configQuery } from './edit/queries.ts'
import { SECTIONS } from './edit/sections.ts'
import { useAgentDraft } from './edit/use-agent-draft.ts'
import { TryAgent } from './TryAgent.tsx'
import { VersionsDrawer } from './versions/VersionsDrawer.tsx'

const Playground = lazy(() =>
  loadLate(() => import('./playground/Playground.tsx').then(({ Playground: of }) => ({ default: of }))),
)
const Replays = lazy(() => loadLate(() => import('./replay/Replays.tsx').then(({ Replays: of }) => ({ default: of }))))

export function AgentScreen() {
  const { id } = useParams({ from: '/work/agents/$id' })
  const agents = useQuery(agentsQuery)
  return (
    <Loaded query={agents}>
      {(items) => {
        const agent = items.find((one) => one.id === id)
        return agent ? <WithDocument agent={agent} key={agent.id} /> : <MaybeArchived id={id} />
      }}
    </Loaded>
  )
}

/** An archived agent is still looked at; nobody edits it before it is brought back. */
function MaybeArchived({ id }: { id: string }) {
  const archived = useQuery(archivedAgentsQuery)
  return (
    <Loaded query={archived}>
      {(items) => {
        const agent = items.find((one) => one.id === id)
        return agent ? <WithDocument agent={agent} key={agent.id} /> : <NotFoundPage />
      }}
    </Loaded>
  )
}

function WithDocument({ agent }: { agent: Agent }) {
  const document = useQuery(configQuery(agent.id))
  return <Loaded query={document}>{(newest) => <OneAgent agent={agent} newest={newest} />}</Loaded>
}

function OneAgent({ agent, newest }: { agent: Agent; newest: AgentDocument }) {
  const { tab: asked } = useSearch({ from: '/work/agents/$id' })
  const { t } = useTranslation('agents')
  const draft = useAgentDraft(newest)
  const [history, setHistory] = useState(false)
  const mayChange = useMay('admin')
  const isArchived = agent.archivedAt !== null
  const view = mayChange && !isArchived ? asked : undefined
  useTitle(agent.name)
  return (
    <>
      <EditorBar agent={agent} draft={draft} mayChange={mayChange && !isArchived} onHistory={() => setHistory(true)} />
      {view && (
        <Suspense fallback={<SkeletonRows />}>
          {view === 'chat' ? (
            <Playground agentId={agent.id} draft={draft} />
          ) : (
            <Replays agentId={agent.id} draft={draft} />
          )}
        </Suspense>
      )}
      <div className="scroll grow" hidden={view !== undefined}>
        <div className="form">
          {!mayChange && <p className="t3">{t('readOnly')}</p>}
          {draft.newer && <NewerVersion draft={draft} newer={draft.newer} />}
          {isArchived && <ArchiveAgent agent={agent} />}
          <fieldset disabled={!mayChange || isArchived}>
            {SECTIONS.map(({ key, Shown }) => (
              <Shown key={key} agentId={agent.id} draft={draft} />
            ))}
          </fieldset>
          {mayChange && !isArchived && <TryAgent agent={agent} unsaved={draft.changed} />}
          {mayChange && !isArchived && <ArchiveAgent agent={agent} />}
        </div>
      </div>
      <VersionsDrawer
        agentId={agent.id}
        current={newest.version}
        open={history}
        onOpenChange={setHistory}
        mayRestore={mayChange && !isArchived}
        unsaved={draft.changed}
      />
      <LeaveGuard changed={draft.changed} />
    </>
  )
}
