/** Without an agent in the address: the first one, or what it means that there is none. */
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { agentsQuery } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/States.tsx'
import { NewAgent } from './NewAgent.tsx'

export function FirstAgent() {
  const agents = useQuery(agentsQuery)
  return (
    <Loaded query={agents}>
      {(items) => {
        const first = items.find((agent) => agent.archivedAt === null)
        if (!first) return <NoAgent />
        // A phone shows the list first; leading on would close the way back to it.
        if (!window.matchMedia('(min-width: 721px)').matches) return null
        return <Navigate to="/agents/$id" params={{ id: first.id }} replace />
      }}
    </Loaded>
  )
}

function NoAgent() {
  const { t } = useTranslation('agents')
  const mayChange = useMay('admin')
  const [creating, setCreating] = useState(false)
  return (
    <>
      <EmptyState
        art="wave"
        title={t('none')}
        text={t('noneText')}
        actions={
          mayChange && (
            <Button variant="primary" onClick={() => setCreating(true)}>
              {t('new')}
            </Button>
          )
        }
      />
      <NewAgent open={creating} onOpenChange={setCreating} />
    </>
  )
}
