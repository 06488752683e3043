/** The ways in: what each is, who answers there, how much came. */
import { call } from '@earshot/client'
import { createChannel } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { problemText } from '../../app/problem.ts'
import { agentsQuery, channelsQuery } from '../../app/queries.ts'
import { useMay } from '../../app/session.ts'
import { AgentAvatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { ChannelMark } from '../../ui/ChannelMark.tsx'
import { RadioCards } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { SettingsPage } from '../SettingsPage.tsx'

export function ChannelsScreen() {
  const { t } = useTranslation('channels')
  const channels = useQuery(channelsQuery)
  const [creating, setCreating] = useState(false)
  const mayChange = useMay('admin')
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('lead')}
      actions={
        mayChange && (
          <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      <Loaded query={channels}>
        {(items) => {
          const open = items.filter((channel) => channel.archivedAt === null)
          if (open.length === 0) return <EmptyState art="wave" title={t('none')} text={t('noneText')} />
          return (
            <ul className="lbox">
              {open.map((channel) => (
                <ChannelRow key={channel.id} channel={channel} />
              ))}
            </ul>
          )
        }}
      </Loaded>
      <NewChannel open={creating} onOpenChange={setCreating} />
    </SettingsPage>
  )
}

type RowChannel = { id: string; kind: string; name: string; agentId: string | null; conversationCount: number }

function ChannelRow({ channel }: { channel: RowChannel }) {
  const { t } = useTranslation('channels')
  const { data: agents } = useQuery(agentsQuery)
  const agent = agents?.find((one) => one.id === channel.agentId)
  return (
    <li>
      <Link className="lrow" to="/settings/channels/$id" params={{ id: channel.id }}>
        <span className="t2">
          <ChannelMark kind={channel.kind} size="l" />
        </span>
        <span className="grow">
          <span className="strong">{channel.name}</span>
          <span className="sub block">{t(`kinds.${kindKey(channel.kind)}`)}</span>
        </span>
        {agent ? (
          <span className="row g3 hide-s">
            <AgentAvatar size="xs" />
            {agent.name}
          </span>
        ) : (
          <span className="none hide-s">{t('noAgent')}</span>
        )}
        <span className="small num t3">{t('conversations', { count: channel.conversationCount })}</span>
        <Icon of={ChevronRight} size="s" className="t3 flip" />
      </Link>
    </li>
  )
}

/** Kinds that this version can make or receive; any other is named by its own word. */
export const kindKey = (kind: string) => (kind === 'widget' || kind === 'web' || kind === 'api' ? kind : 'other')

function NewChannel({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation(['channels', 'common'])
  const [kind, setKind] = useState<'widget' | 'web' | 'api'>('widget')
  const [name, setName] = useState('')
  const { data: agents } = useQuery(agentsQuery)
  const create = useCreate()
  const submit = () => {
    if (name.trim() !== '') create.mutate({ kind, name: name.trim(), agentId: agents?.[0]?.id ?? null })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={t('channels:create.title')}
      description={t('channels:create.text')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={name.trim() === ''}>
            {t('channels:create.verb')}
          </Button>
        </>
      }
    >
      <RadioCards
        layout="pick"
        label={t('channels:create.kind')}
        value={kind}
        onChange={setKind}
        options={(['widget', 'web', 'api'] as const).map((value) => ({
          value,
          title: t(`channels:kinds.${value}`),
          text: t(`channels:kindText.${value}`),
          icon: <ChannelMark kind={value} />,
        }))}
      />
      <TextField
        label={t('channels:name')}
        maxLength={100}
        value={name}
        error={create.error ? problemText(create.error) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  )
}

function useCreate() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (body: { kind: 'widget' | 'web' | 'api'; name: string; agentId: string | null }) =>
      call(createChannel, { body }),
    onSuccess: async (channel) => {
      await queries.invalidateQueries(channelsQuery)
      await navigate({ to: '/settings/channels/$id', params: { id: channel.id } })
    },
  })
}
