/** What is always in sight beside a conversation: when, how, how much, who, and where it stands. */
import type { Conversation } from '@earshot/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { amount, durationOf, money } from '../contact/amounts.ts'
import { RemoveRating } from '../contact/RemoveRating.tsx'
import { StageMenu } from '../contact/StageMenu.tsx'
import { Tags } from '../contact/Tags.tsx'
import { AssigneeMenu, PriorityMenu, SnoozeMenu } from '../contact/WorkMenus.tsx'
import { handlerOf } from '../conversations/names.ts'
import { AgentAvatar, OperatorAvatar } from '../ui/Avatar.tsx'
import { ChannelMark } from '../ui/ChannelMark.tsx'
import { readerLocale } from '../ui/reader-locale.ts'
import { Stars } from '../ui/Score.tsx'

export function Metadata({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['detail', 'conversations'])
  const { channel, tokens, agent, flow, endedAt } = conversation
  const none = (words: string) => <span className="none">{words}</span>
  return (
    <dl>
      <Fact name={t('facts.title')}>
        {conversation.title ? <span dir="auto">{conversation.title}</span> : none(t('noTitle'))}
      </Fact>
      <Fact name={t('facts.date')}>{dayOf(conversation.startedAt)}</Fact>
      <Fact name={t('facts.media')}>{t(conversation.hasAudio ? 'media.audio' : 'media.text')}</Fact>
      <Fact name={t('facts.channel')}>
        <span className="row g2">
          <ChannelMark kind={channel.kind} size="s" />
          <span dir="auto">{channel.name}</span>
        </span>
      </Fact>
      <Fact name={t('facts.duration')}>
        <Duration conversation={conversation} />
      </Fact>
      <Fact name={t('facts.messages')}>
        <span className="num">{amount(conversation.messageCount)}</span>
      </Fact>
      <Fact name={t('facts.tokens')}>
        <span className="num">{amount(tokens.input + tokens.output)}</span>{' '}
        <span className="t3 num">{t('inAndOut', { input: amount(tokens.input), output: amount(tokens.output) })}</span>
      </Fact>
      <Fact name={t('facts.cost')}>
        <span className="num">{money(conversation.costUsd)}</span>
      </Fact>
      <Fact name={t('facts.rating')}>
        <Rating conversation={conversation} />
      </Fact>
      <Fact name={t('facts.agent')}>
        {agent ? (
          <span className="row g3">
            <AgentAvatar size="xs" />
            <span dir="auto">{agent.name}</span>
            {agent.version != null && <span className="t3 num">{t('facts.version', { version: agent.version })}</span>}
          </span>
        ) : (
          none(t('conversations:noAgent'))
        )}
      </Fact>
      <Fact name={t('facts.flow')}>{flow ? <span dir="auto">{flow.name}</span> : none(t('noFlow'))}</Fact>
      <Fact name={t('facts.handler')}>
        <Handler conversation={conversation} />
      </Fact>
      <Fact name={t('facts.stage')}>
        <StageMenu conversation={conversation} />
      </Fact>
      <Fact name={t('conversations:work.assignee')}>
        <AssigneeMenu conversation={conversation} />
      </Fact>
      <Fact name={t('conversations:work.priorityLabel')}>
        <PriorityMenu conversation={conversation} />
      </Fact>
      <Fact name={t('conversations:work.snoozeLabel')}>
        <SnoozeMenu conversation={conversation} />
      </Fact>
      <Fact name={t('conversations:panel.tags')}>
        <span className="row g2 wrap">
          <Tags conversation={conversation} />
        </span>
      </Fact>
      <Fact name={t('facts.start')}>{momentOf(conversation.startedAt)}</Fact>
      <Fact name={t('facts.end')}>{endedAt ? momentOf(endedAt) : none(t('notEnded'))}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function Duration({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('detail')
  if (conversation.status === 'active') return <span className="ok">{t('ongoing')}</span>
  return <span className="num">{durationOf(conversation.durationMs)}</span>
}

function Rating({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { rating } = conversation
  return (
    <>
      <div>
        <Stars
          stars={rating?.stars ?? null}
          label={t('rating.stars', { count: rating?.stars ?? 0 })}
          none={t('rating.none')}
        />
      </div>
      {rating?.comment && (
        <p className="small t2 asis" dir="auto">
          {rating.comment}
        </p>
      )}
      <RemoveRating conversation={conversation} look="link" />
    </>
  )
}

/** Who answers: the person by name, else by the word of the state. */
function Handler({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { assignee, agent, control } = conversation
  const handler = handlerOf(conversation)
  if (assignee && (control === 'operator' || handler === 'closed' || handler === 'archived')) {
    return (
      <span className="row g3">
        <OperatorAvatar name={assignee.name} size="xs" />
        <span dir="auto">{assignee.name}</span>
      </span>
    )
  }
  if (handler === 'closed' || handler === 'archived') {
    return agent ? <span dir="auto">{agent.name}</span> : <span className="none">{t('noAgent')}</span>
  }
  return handler === 'operator' ? t('operator') : t(`handler.${handler}`)
}

const dayOf = (at: string) =>
  new Intl.DateTimeFormat(readerLocale(), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(at),
  )

function momentOf(at: string): ReactNode {
  const words = new Intl.DateTimeFormat(readerLocale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(at),
  )
  return (
    <time className="num" dateTime={at}>
      {words}
    </time>
  )
}
