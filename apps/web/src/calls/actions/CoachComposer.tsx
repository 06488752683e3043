/** A line to the agent, in place: the call goes on above it. Enter sends, Escape closes. */
import type { Call } from '@earshot/contracts'
import MessageSquareLock from 'lucide-react/icons/message-square-lock'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { agentOf } from '../names.ts'
import { useCallCommands } from './use-call-commands.ts'

const READY = ['slow', 'sorry', 'email'] as const

export function CoachComposer({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation('calls')
  const { coach } = useCallCommands(call)
  const [text, setText] = useState('')
  const agent = agentOf(call, t)
  const said = text.trim()
  const send = () => {
    if (said === '' || coach.isPending) return
    coach.mutate(said, {
      onSuccess: () => {
        setText('')
        onClose()
      },
    })
  }
  return (
    <form
      className="callcoaching"
      aria-label={t('coach.title', { agent })}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="row small">
        <Icon of={MessageSquareLock} size="s" />
        <span className="strong">{t('coach.title', { agent })}</span>
        <span className="t3 grow">{t('coach.text', { agent })}</span>
      </div>
      <textarea
        className="textarea"
        rows={2}
        aria-label={t('coach.label')}
        placeholder={t('coach.placeholder', { agent })}
        value={text}
        maxLength={4000}
        dir="auto"
        ref={focusNow}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <div className="row g2 wrap">
        {READY.map((one) => (
          <Button key={one} size="sm" onClick={() => setText(t(`coach.${one}Text`))}>
            {t(`coach.${one}`)}
          </Button>
        ))}
        <span className="grow small t3">{t('coach.when')}</span>
        <Button size="sm" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" keys="↵" busy={coach.isPending} disabled={said === ''}>
          {t('coach.send')}
        </Button>
      </div>
    </form>
  )
}

/** The person asked to write this very line. */
const focusNow = (field: HTMLTextAreaElement | null) => field?.focus()
