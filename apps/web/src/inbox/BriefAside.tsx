/** Beside the queue: who the selected contact is, the brief, their last words, and what to do first. */
import '../brief/texts.ts'
import type { Conversation, Entry, QueueItem } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import Forward from 'lucide-react/icons/forward'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslation } from 'react-i18next'
import { useFollow } from '../app/live-feed.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { BriefBy } from '../brief/BriefBy.tsx'
import { isEmpty, WriteAgain } from '../brief/BriefCard.tsx'
import { BriefLines } from '../brief/BriefLines.tsx'
import { BriefMarks } from '../brief/BriefMarks.tsx'
import { briefQuery, useWriteBrief } from '../brief/brief-query.ts'
import { PriorityMenu } from '../contact/WorkMenus.tsx'
import { plainPreview } from '../conversations/plain-preview.ts'
import { entriesQuery } from '../conversations/queries.ts'
import { AgentAvatar, ContactAvatar } from '../ui/Avatar.tsx'
import { Tag } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { ChannelMark } from '../ui/ChannelMark.tsx'
import { Stage } from '../ui/Stage.tsx'
import { EmptyState, Skeleton } from '../ui/States.tsx'
import type { QueueTab } from './inbox-search.ts'
import { askTransfer } from './transfer-asked.ts'
import { useContactName } from './use-contact-name.ts'
import { useQueueCommands } from './use-queue-commands.ts'

type Props = { item: QueueItem | undefined; tab: QueueTab; memberId: string; mayAct: boolean; maySupervise: boolean }

export function BriefAside({ item, ...rest }: Props) {
  const { t } = useTranslation('inbox')
  return (
    <aside className="scroll" aria-label={t('brief.label')}>
      {item ? (
        <About item={item} key={item.conversationId} {...rest} />
      ) : (
        <EmptyState art="book" title={t('brief.choose')} text={t('brief.chooseText')} />
      )}
    </aside>
  )
}

function About({ item, tab, memberId, mayAct, maySupervise }: Props & { item: QueueItem }) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const { conversation } = item
  const { contact, stage, tags } = conversation
  const navigate = useNavigate()
  const name = useContactName(contact)
  const open = (at?: number) =>
    void navigate({ to: '/inbox/$id', params: { id: conversation.id }, search: { queue: tab, at } })
  useFollow([conversation.id])
  return (
    <div className="brief">
      <div className="row g5 t">
        <ContactAvatar name={contact.name} size="lg" corner={<ChannelMark kind={conversation.channel.kind} />} />
        <div className="grow">
          <h2 className="title tr" dir="auto">
            {name}
          </h2>
          <div className="small t3 tr">
            {[
              contact.email,
              contact.phone,
              conversation.language && t('brief.language', { language: languageName(conversation.language) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </div>
      </div>
      <BriefBox conversation={conversation} onGoTo={open} />
      <div className="row g2 wrap">
        {tags.slice(0, 4).map(({ key, value }) => (
          <Tag key={`${key} ${value}`} name={key} value={value} />
        ))}
        <Stage stageKey={stage.key} category={stage.category} color={stage.color} name={stage.name} />
        <PriorityMenu conversation={conversation} />
      </div>
      <Needs item={item} />
      <LastWords conversation={conversation} />
      <Actions item={item} memberId={memberId} mayAct={mayAct} maySupervise={maySupervise} onOpen={() => open()} />
    </div>
  )
}

function BriefBox({ conversation, onGoTo }: { conversation: Conversation; onGoTo: (position: number) => void }) {
  const { t } = useTranslation('brief')
  const { data: brief } = useQuery(briefQuery(conversation.id))
  const write = useWriteBrief(conversation.id)
  if (brief === undefined) return <Skeleton height={120} className="sk-late" />
  if (brief === null) {
    return (
      <div className="card">
        <p className="t2">{t('none')}</p>
        <span>
          <Button size="sm" busy={write.isPending} onClick={() => write.mutate()}>
            {t('write')}
          </Button>
        </span>
      </div>
    )
  }
  return (
    <section className="card" aria-label={t('label')}>
      <div className="row small">
        <AgentAvatar size="xs" />
        <span className="grow">
          <b className="strong">{t('label')}</b> <BriefBy brief={brief} />
        </span>
        <WriteAgain id={conversation.id} />
      </div>
      <BriefLines brief={brief} onGoTo={onGoTo} />
      {isEmpty(brief) && <p className="small t2">{t('nothing')}</p>}
      <div className="row g3 wrap">
        <BriefMarks brief={brief} onGoTo={onGoTo} />
      </div>
    </section>
  )
}

/** What the queue looks for in a person. */
function Needs({ item: { skills, team, previousOwner } }: { item: QueueItem }) {
  const { t } = useTranslation('inbox')
  if (skills.length === 0 && !team && !previousOwner) return null
  return (
    <p className="small t2" dir="auto">
      {[
        skills.length > 0 && `${t('brief.skills')}: ${skills.join(', ')}`,
        team && t('brief.team', { team: team.name }),
        previousOwner && t('brief.previous', { name: previousOwner.name }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

function LastWords({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('inbox')
  const cache = useQueryClient()
  const { data } = useQuery(entriesQuery(cache, conversation.id))
  const last = (data?.entries ?? []).filter(({ kind, text }) => kind === 'message' && text).slice(-3)
  if (last.length === 0) return null
  return (
    <section aria-label={t('brief.last')}>
      <div className="sech">{t('brief.last')}</div>
      <div className="col brief-last">
        {last.map((entry) => (
          <div key={entry.position} className={clsx('turn', voice(entry))}>
            {entry.author.kind === 'agent' && <AgentAvatar size="xs" />}
            <div className="stackm">
              <div className="bub" dir="auto">
                {entry.author.kind === 'contact' ? entry.text : plainPreview(entry.text ?? '')}
              </div>
            </div>
          </div>
        ))}
      </div>
    </section>
  )
}

const voice = ({ author }: Entry) => (author.kind === 'contact' ? 'cu' : author.kind === 'operator' ? 'op' : undefined)

type Acting = { item: QueueItem; memberId: string; mayAct: boolean; maySupervise: boolean; onOpen: () => void }

function Actions({ item, memberId, mayAct, maySupervise, onOpen }: Acting) {
  const { t } = useTranslation('inbox')
  const { claim, release } = useQueueCommands(item.conversation, onOpen)
  const mine = item.holder?.id === memberId
  const mayClaim = mayAct && item.holder === null
  const mayPass = mayAct && (mine || item.holder === null || maySupervise)
  const take = () => {
    if (!claim.isPending) claim.mutate()
  }
  useShortcuts([
    ...(mayClaim ? [{ keys: 'C', group: 'act' as const, label: t('claim'), run: take }] : []),
    ...(mayPass
      ? [{ keys: 'T', group: 'act' as const, label: t('transfer'), run: () => askTransfer(item.conversation) }]
      : []),
  ])
  return (
    <div className="row wrap">
      {mayClaim && (
        <Button variant="primary" keys="C" busy={claim.isPending} onClick={take}>
          {t('claimAndReply')}
        </Button>
      )}
      <Button variant={mayClaim ? 'default' : 'primary'} onClick={onOpen}>
        {t('open')}
      </Button>
      {mayPass && (
        <Button icon={Forward} keys="T" onClick={() => askTransfer(item.conversation)}>
          {t('transfer')}
        </Button>
      )}
      {mine && (
        <Button icon={Undo2} busy={release.isPending} onClick={() => release.mutate()}>
          {t('release')}
        </Button>
      )}
    </div>
  )
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
