/** One channel: how to put it on a page, who answers, how it looks. */
import type { Channel } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import ExternalLink from 'lucide-react/icons/external-link'
import { useTranslation } from 'react-i18next'
import { NotFoundPage } from '../../app/ErrorPages.tsx'
import { LeaveGuard } from '../../app/LeaveGuard.tsx'
import { Loaded } from '../../app/Loaded.tsx'
import { channelsQuery } from '../../app/queries.ts'
import { useMay } from '../../app/session.ts'
import { useDraft } from '../../app/use-draft.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/Copy.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FormRow, SettingsPage } from '../SettingsPage.tsx'
import { ArchiveChannel } from './ArchiveChannel.tsx'
import { type ChannelFields, ChannelForm, fieldsOf, isSound } from './ChannelForm.tsx'
import { kindKey } from './ChannelsScreen.tsx'
import { useSaveChannel } from './use-save-channel.ts'

export function ChannelScreen() {
  const { id } = useParams({ from: '/work/settings/channels/$id' })
  const channels = useQuery(channelsQuery)
  return (
    <Loaded query={channels}>
      {(items) => {
        const channel = items.find((one) => one.id === id)
        return channel ? <OneChannel channel={channel} key={channel.id} /> : <NotFoundPage />
      }}
    </Loaded>
  )
}

function OneChannel({ channel }: { channel: Channel }) {
  const { t } = useTranslation(['channels', 'common'])
  const draft = useDraft<ChannelFields>(fieldsOf(channel))
  const save = useSaveChannel(channel.id)
  const mayChange = useMay('admin')
  return (
    <SettingsPage
      documentTitle={channel.name}
      title={channel.name}
      lead={`${t(`channels:kinds.${kindKey(channel.kind)}`)} · ${t('channels:conversations', { count: channel.conversationCount })}`}
      actions={
        mayChange && (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!draft.changed || !isSound(draft.value)}
            onClick={() => save.mutate(draft.edits, { onSuccess: draft.reset })}
          >
            {t('common:save')}
          </Button>
        )
      }
    >
      <Doors channel={channel} />
      <fieldset disabled={!mayChange}>
        <ChannelForm channel={channel} draft={draft} />
      </fieldset>
      {mayChange && (
        <FormRow label={t('channels:leave')}>
          <ArchiveChannel channel={channel} />
        </FormRow>
      )}
      <LeaveGuard changed={draft.changed} />
    </SettingsPage>
  )
}

/** What to hand to whoever runs the website. */
function Doors({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels')
  return (
    <>
      {channel.snippet && (
        <FormRow label={t('snippet')} hint={t('snippetHint')}>
          <Snippet text={channel.snippet} />
        </FormRow>
      )}
      {channel.chatUrl && (
        <FormRow label={t('chatPage')} hint={t('chatPageHint')}>
          <div className="row wrap">
            <a className={buttonClass()} href={channel.chatUrl} target="_blank" rel="noopener">
              <Icon of={ExternalLink} />
              {t('openChat')}
            </a>
            <CopyButton text={channel.chatUrl}>{t('copyAddress')}</CopyButton>
          </div>
        </FormRow>
      )}
      <FormRow label={t('key')} hint={channel.kind === 'api' ? t('keyHintApi') : t('keyHint')}>
        <div className="row wrap">
          <span className="mono">{channel.key}</span>
          <CopyButton text={channel.key} />
        </div>
      </FormRow>
    </>
  )
}

export function Snippet({ text }: { text: string }) {
  return (
    <div className="snippet">
      <pre className="json" dir="ltr">
        {text}
      </pre>
      <CopyButton text={text} />
    </div>
  )
}
