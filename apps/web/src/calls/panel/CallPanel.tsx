/** Beside the call: who takes part, where it stands, what is remembered, what it costs, what was before. */
import type { Call, Conversation } from '@earshot/contracts'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { amount, money } from '../../contact/amounts.ts'
import { MemoryCards } from '../../contact/MemoryCards.tsx'
import { PreviousConversations } from '../../contact/PreviousConversations.tsx'
import { Section, SectionLevel } from '../../contact/Section.tsx'
import SoFarSection from '../../so-far/SoFarSection.tsx'
import { Elapsed } from '../Elapsed.tsx'
import { clockStart } from '../names.ts'
import { Participants } from './Participants.tsx'

type Props = { call: Call; conversation: Conversation; isOpen: boolean }

export function CallPanel({ call, conversation, isOpen }: Props) {
  const { t } = useTranslation('calls')
  return (
    <SectionLevel value="h3">
      <aside className={clsx('icol', isOpen && 'open')} aria-label={t('panel.label')}>
        <Participants call={call} contact={conversation.contact.name} />
        <SoFarSection conversation={conversation} review={null} />
        <MemoryCards conversation={conversation} />
        <Cost call={call} conversation={conversation} />
        <PreviousConversations conversation={conversation} />
      </aside>
    </SectionLevel>
  )
}

function Cost({ call, conversation: { tokens, costUsd } }: { call: Call; conversation: Conversation }) {
  const { t } = useTranslation('calls')
  return (
    <Section title={t('panel.cost')} end={<span className="num strong callcost">{money(costUsd)}</span>}>
      <div className="small t3 num">
        {t('panel.tokens', { tokens: amount(tokens.input + tokens.output) })} ·{' '}
        <Elapsed since={clockStart(call)} until={call.endedAt} /> {t('panel.audio')}
      </div>
    </Section>
  )
}
