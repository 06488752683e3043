/** Takes an agent out of use, and brings it back; its conversations stay. */
import { call } from '@earshot/client'
import { type Agent, archiveAgent, unarchiveAgent } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { channelsQuery } from '../app/queries.ts'
import { Button } from '../ui/Button.tsx'
import { toast } from '../ui/Toasts.tsx'
import { Section } from './edit/Section.tsx'

export function ArchiveAgent({ agent }: { agent: Agent }) {
  const { t } = useTranslation('agents')
  const { data: channels } = useQuery(channelsQuery)
  const served = channels?.filter((channel) => channel.agentId === agent.id && channel.archivedAt === null).length ?? 0
  const { archive, bringBack } = useShelf(agent)
  if (agent.archivedAt !== null)
    return (
      <Section title={t('archive.isArchived')} text={t('archive.isArchivedText')}>
        <Button icon={ArchiveRestore} busy={bringBack.isPending} onClick={() => bringBack.mutate()}>
          {t('archive.back')}
        </Button>
      </Section>
    )
  return (
    <Section title={t('archive.section')} text={t('archive.text', { count: served })}>
      <Button variant="danger" icon={Archive} busy={archive.isPending} onClick={() => archive.mutate()}>
        {t('archive.verb')}
      </Button>
    </Section>
  )
}

/** Archiving is done at once, and undone as easily. */
function useShelf(agent: Agent) {
  const { t } = useTranslation('agents')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const read = () => queries.invalidateQueries({ queryKey: ['agents'] })
  const bringBack = useMutation({
    mutationFn: () => call(unarchiveAgent, { params: { id: agent.id } }),
    async onSuccess() {
      await read()
      toast.done(t('archive.isBack', { name: agent.name }))
      await navigate({ to: '/agents/$id', params: { id: agent.id } })
    },
    onError: tellProblem,
  })
  const archive = useMutation({
    mutationFn: () => call(archiveAgent, { params: { id: agent.id } }),
    async onSuccess() {
      toast.undoable(t('archive.done', { name: agent.name }), () => bringBack.mutate(), Archive)
      await navigate({ to: '/agents', ignoreBlocker: true })
      await read()
    },
    onError: tellProblem,
  })
  return { archive, bringBack }
}
