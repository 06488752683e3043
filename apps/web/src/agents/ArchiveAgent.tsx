/** Takes an agent out of use; its conversations stay. */
import { call } from '@earshot/client'
import { type Agent, archiveAgent } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Archive from 'lucide-react/icons/archive'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { agentsQuery, channelsQuery } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { toast } from '../ui/Toasts.tsx'
import { Section } from './AgentSections.tsx'

export function ArchiveAgent({ agent }: { agent: Agent }) {
  const { t } = useTranslation(['agents', 'common'])
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { data: channels } = useQuery(channelsQuery)
  const served = channels?.filter((channel) => channel.agentId === agent.id && channel.archivedAt === null).length ?? 0
  const archive = useMutation({
    mutationFn: () => call(archiveAgent, { params: { id: agent.id } }),
    onSuccess: async () => {
      toast.done(t('agents:archive.done', { name: agent.name }))
      await navigate({ to: '/agents', ignoreBlocker: true })
      await queries.invalidateQueries(agentsQuery)
    },
    onError: tellProblem,
  })
  return (
    <Section title={t('agents:archive.section')} text={t('agents:archive.sectionText')}>
      <Button variant="danger" icon={Archive} onClick={() => setAsking(true)}>
        {t('agents:archive.verb')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={t('agents:archive.title', { name: agent.name })}
        description={t('agents:archive.text', { count: served })}
        verb={t('agents:archive.verb')}
        cancel={t('common:cancel')}
        busy={archive.isPending}
        onConfirm={() => archive.mutate()}
      />
    </Section>
  )
}
