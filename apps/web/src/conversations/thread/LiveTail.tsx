/** What is happening at the end of the transcript right now: an answer being written, somebody typing. */
import type { Conversation } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { useDraft, useTypists } from '../live.ts'
import { contactName } from '../names.ts'
import { StreamingTurn, TypingTurn } from './Turn.tsx'

export function LiveTail({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const heard = useDraft(conversation.id)
  // A draft from before control changed will never be said, however late it arrives.
  const writing = heard && heard.draft.epoch >= conversation.epoch ? heard : null
  const contactTypes = useTypists(conversation.id).some((who) => who.kind === 'contact')
  return (
    <>
      {writing && (
        <StreamingTurn
          name={writing.agentName}
          text={writing.draft.text}
          thinking={writing.draft.state === 'thinking'}
          language={conversation.language}
        />
      )}
      {contactTypes && <TypingTurn label={t('isTyping', { name: contactName(conversation.contact, t) })} />}
    </>
  )
}
